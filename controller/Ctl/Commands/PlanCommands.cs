using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>plan install|update|security|show</c>.</summary>
internal static class PlanCommands
{
    // The controller waits for 15 minutes itself.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(16);

    public static Command Create() => new("plan", "What an operation would change on a server, resolved by that server. Changes nothing.")
    {
        Install(), Update(), Security(), Show(),
    };

    private static Command Install()
    {
        Argument<string[]> names = Names("Packages that the catalogue lists.");
        Option<string[]> choices = Choices();
        Command command = Asking("install", "Plan to install packages.", (run, request) => request.InstallPackages =
            PackageChoices.Read(run.GetRequiredValue(names), run.GetValue(choices) ?? []));
        command.Add(names);
        command.Add(choices);
        return command;
    }

    private static Command Update()
    {
        Argument<string[]> names = Names("Packages that are installed, and that the catalogue lists.");
        Command command = Asking("update", "Plan to update packages.", (run, request) => request.UpdatePackages = new() { Names = { run.GetRequiredValue(names) } });
        command.Add(names);
        return command;
    }

    private static Command Security() =>
        Asking("security", "Plan to update everything that a security advisory is out for.", (_, request) => request.SecurityUpdates = new SecurityUpdates());

    private static Command Show()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A plan that was kept with --out." };
        Command command = new("show", "Show what a plan's exact bytes say.") { file };
        OfflineRun.Does(command, run =>
        {
            PlanFile plan = PlanFile.Read(run.Given.GetRequiredValue(file));
            run.Output.Write(PlanShape.Of(plan), ShapesJson.Default.PlanShape, () => PlanPage.Show(run.Console, plan));
        });
        return command;
    }

    /// <summary>Parts of packages' basic configuration.</summary>
    public static Option<string[]> Choices() => new("--set")
    {
        Description = "Part of a package's basic configuration that the catalogue offers: httpd:service=on, httpd:port=8080, httpd:root=/var/www/shop.",
        HelpName = "PACKAGE:WHAT=VALUE",
    };

    /// <summary>Names of packages.</summary>
    public static Argument<string[]> Names(string description) =>
        new("NAMES") { Description = description, Arity = ArgumentArity.OneOrMore };

    private static Command Asking(string name, string description, Action<ParseResult, PlanOperationRequest> say)
    {
        Argument<string> server = new("SERVER") { Description = "The server." };
        Option<FileInfo?> kept = new("--out") { Description = "Keep the plan's exact bytes in a new file.", HelpName = "FILE" };
        Command command = new(name, description) { server, kept };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            PlanOperationRequest request = new() { Server = run.Given.GetRequiredValue(server) };
            say(run.Given, request);
            PlanOperationResponse response = await run.Controller.Operations.PlanOperationAsync(
                request, run.Controller.Within(Patience, cancellationToken));
            if (response.AnswerCase == PlanOperationResponse.AnswerOneofCase.Refusal)
                throw new CtlException(ExitCode.Refused, $"{request.Server} makes no such plan ({response.Refusal.Reason}): {response.Refusal.Detail}");
            PlanFile plan = PlanFile.Read(response.Plan.ToByteArray(), $"What {request.Server} answered");
            if (run.Given.GetValue(kept) is { } file)
                TrustFile.Create(file, plan.Bytes, TrustFile.Readable);
            run.Output.Write(PlanShape.Of(plan), ShapesJson.Default.PlanShape, () => PlanPage.Show(run.Console, plan));
        });
        return command;
    }
}
