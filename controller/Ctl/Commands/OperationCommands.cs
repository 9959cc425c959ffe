using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>operation new|list|show|cancel|settle|review|watch</c>.</summary>
internal static class OperationCommands
{
    public static Command Create() => new("operation", "Orders to servers: new, list, show, cancel, settle, review, watch. To approve one: haisoftctl approve.")
    {
        OperationNewCommand.Create(), List(), Show(), Cancel(), Settle(), Review(), OperationWatch.Create(),
    };

    /// <summary>The number of an operation.</summary>
    public static Argument<string> Id() => new("N") { Description = "The operation's number: 12." };

    /// <summary>Prints an operation, whole.</summary>
    public static void Print(CtlRun run, OperationDetail detail) => run.Output.Write(
        OperationShaping.Of(detail), ShapesJson.Default.OperationDetailShape, () => OperationPage.Show(run.Console, detail));

    private static Command List()
    {
        Option<bool> all = new("--all") { Description = "Also those in which nothing follows." };
        Option<bool> review = new("--review") { Description = "Only those that are to be reviewed: emergencies, and what did not end as it should." };
        Option<string> server = new("--server") { Description = "Only this server's.", HelpName = "NAME" };
        Command command = new("list", "Operations in which something may still follow or that are to be reviewed, the oldest first.") { all, review, server };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ListOperationsResponse response = await run.Controller.Operations.ListOperationsAsync(
                new ListOperationsRequest
                {
                    IncludeEnded = run.Given.GetValue(all),
                    ReviewOnly = run.Given.GetValue(review),
                    Server = run.Given.GetValue(server) ?? "",
                },
                run.Soon(cancellationToken));
            run.Output.Write(
                [.. response.Operations.Select(OperationShaping.Of)],
                ShapesJson.Default.IReadOnlyListOperationShape,
                () => Screen.Print(run.Console, OperationTable.Of(response.Operations)));
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> id = Id();
        Command command = new("show", "One operation: its plan, its order, who signed, what its server told.") { id };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            GetOperationResponse response = await run.Controller.Operations.GetOperationAsync(
                new GetOperationRequest { OperationId = run.Given.GetRequiredValue(id) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Command Cancel()
    {
        Argument<string> id = Id();
        Option<string> note = Note("Why.");
        Command command = new("cancel", "Say that it is not wanted any more. What its server has is asked to be left; after its start that comes too late.") { id, note };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            CancelOperationResponse response = await run.Controller.Operations.CancelOperationAsync(
                new CancelOperationRequest { OperationId = run.Given.GetRequiredValue(id), Note = run.Given.GetRequiredValue(note) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Command Settle()
    {
        Argument<string> id = Id();
        Option<string> found = new("--as") { Description = "succeeded: everything that was approved is in place; failed: it is not, or not wholly.", Required = true, HelpName = "HOW" };
        found.AcceptOnlyFromAmong("succeeded", "failed");
        Option<string> why = new("--why") { Description = "What was found on the server.", Required = true, HelpName = "TEXT" };
        Command command = new("settle", "Say how an operation ended whose outcome is unknown, when its server could not repair it and you have looked there.") { id, found, why };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            SettleOperationRequest request = new()
            {
                OperationId = run.Given.GetRequiredValue(id),
                State = run.Given.GetRequiredValue(found) == "succeeded" ? OperationState.Succeeded : OperationState.Failed,
                Note = run.Given.GetRequiredValue(why),
            };
            SettleOperationResponse response = await run.Controller.Operations.SettleOperationAsync(request, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Command Review()
    {
        Argument<string> id = Id();
        Option<string> note = Note("What was found.");
        Command command = new("review", "Record that you have reviewed an emergency, or what did not end as it should.") { id, note };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ReviewOperationResponse response = await run.Controller.Operations.ReviewOperationAsync(
                new ReviewOperationRequest { OperationId = run.Given.GetRequiredValue(id), Note = run.Given.GetRequiredValue(note) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Option<string> Note(string description) => new("--note") { Description = description, Required = true, HelpName = "TEXT" };
}
