using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>rollout new|list|show|resume|cancel</c>.</summary>
internal static class RolloutCommands
{
    public static Command Create() => new(
        "rollout", "The same operation on several servers, in waves: new, list, show, resume, cancel. To approve it: haisoftctl approve --rollout N.")
    {
        RolloutNewCommand.Create(), List(), Show(), Resume(), Cancel(),
    };

    /// <summary>Prints a rollout, whole.</summary>
    public static void Print(CtlRun run, RolloutDetail detail) => run.Output.Write(
        RolloutShaping.Of(detail), ShapesJson.Default.RolloutDetailShape, () => RolloutPage.Show(run.Console, detail));

    private static Command List()
    {
        Command command = new("list", "Rollouts in which something may still follow, then those that ended.");
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ListRolloutsResponse response = await run.Controller.Rollouts.ListRolloutsAsync(new ListRolloutsRequest(), run.Soon(cancellationToken));
            run.Output.Write(
                [.. response.Rollouts.Select(RolloutShaping.Of)],
                ShapesJson.Default.IReadOnlyListRolloutShape,
                () => Screen.Print(run.Console, RolloutPage.Table(response.Rollouts)));
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> id = Id();
        Command command = new("show", "One rollout: its servers by wave, where each stands, its story.") { id };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            GetRolloutResponse response = await run.Controller.Rollouts.GetRolloutAsync(
                new GetRolloutRequest { RolloutId = run.Given.GetRequiredValue(id) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Command Resume()
    {
        Argument<string> id = Id();
        Option<string> why = Why("What was found, and why it may go on.");
        Command command = new("resume", "Have a held rollout go on. Servers whose operation did not succeed, or that make no plan, are left out.") { id, why };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ResumeRolloutResponse response = await run.Controller.Rollouts.ResumeRolloutAsync(
                new ResumeRolloutRequest { RolloutId = run.Given.GetRequiredValue(id), Note = run.Given.GetRequiredValue(why) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Command Cancel()
    {
        Argument<string> id = Id();
        Option<string> why = Why("Why.");
        Command command = new("cancel", "End a rollout. What no server has begun is cancelled, or its server asked to leave it.") { id, why };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            CancelRolloutResponse response = await run.Controller.Rollouts.CancelRolloutAsync(
                new CancelRolloutRequest { RolloutId = run.Given.GetRequiredValue(id), Note = run.Given.GetRequiredValue(why) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Argument<string> Id() => new("N") { Description = "The rollout's number: 3." };

    private static Option<string> Why(string description) => new("--why") { Description = description, Required = true, HelpName = "TEXT" };
}
