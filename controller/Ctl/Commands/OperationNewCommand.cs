using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>operation new install|update|security|planned</c>.</summary>
internal static class OperationNewCommand
{
    // The controller waits for a plan for 15 minutes itself.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(16);

    public static Command Create() => new("new", "Draft an order, for approvers to sign. Its server makes a plan first, which changes nothing.")
    {
        Install(), Update(), Security(), Planned(),
    };

    /// <summary>The incident that makes it an emergency.</summary>
    public static Option<string> Incident() => new("--incident") { Description = "An emergency: the incident that is open on the server.", HelpName = "N" };

    /// <summary>The beginning of its window.</summary>
    public static Option<string> From() => new("--from") { Description = "From when it may be begun; default: now. 2026-11-22T22:00+01:00.", HelpName = "TIME" };

    /// <summary>The end of its window.</summary>
    public static Option<string> Until() =>
        new("--until") { Description = "From when it may not be begun any more, at most 7 days from now; default: 24 hours after the start.", HelpName = "TIME" };

    /// <summary>Whether the server reboots afterwards.</summary>
    public static Option<string> Reboot()
    {
        Option<string> reboot = new("--reboot")
        {
            Description = "Whether the server reboots when everything is in place, once: never (default), if-needed or always. Where the catalogue lets it.",
            HelpName = "WHEN",
        };
        reboot.AcceptOnlyFromAmong([.. RebootWords.All]);
        return reboot;
    }

    private static Command Install()
    {
        Argument<string[]> names = PlanCommands.Names("Packages that the catalogue lists.");
        Option<string[]> choices = PlanCommands.Choices();
        Command command = Drafting("install", "Install packages.", (given, request) => request.Plan.InstallPackages =
            PackageChoices.Read(given.GetRequiredValue(names), given.GetValue(choices) ?? []));
        command.Add(names);
        command.Add(choices);
        return command;
    }

    private static Command Update()
    {
        Argument<string[]> names = PlanCommands.Names("Packages that are installed, and that the catalogue lists.");
        Command command = Drafting("update", "Update packages.", (given, request) => request.Plan.UpdatePackages = new() { Names = { given.GetRequiredValue(names) } });
        command.Add(names);
        return command;
    }

    private static Command Security() =>
        Drafting("security", "Update everything that a security advisory is out for.", (_, request) => request.Plan.SecurityUpdates = new SecurityUpdates());

    private static Command Planned()
    {
        Option<string> plan = new("--plan") { Description = "The fingerprint of the plan's exact bytes: 64 hexadecimal digits.", Required = true, HelpName = "HASH" };
        Command command = Drafting("planned", "What a plan says that the server made before.", (given, request) =>
            request.PlanSha256 = string.Concat(given.GetRequiredValue(plan).Where(char.IsAsciiHexDigit)).ToLowerInvariant());
        command.Add(plan);
        return command;
    }

    private static Command Drafting(string name, string description, Action<ParseResult, DraftOperationRequest> say)
    {
        Argument<string> server = new("SERVER") { Description = "The server." };
        Option<string> request = new("--request") { Description = "The customer's request that it is for.", HelpName = "N" };
        Option<string> incident = Incident();
        Option<string> from = From();
        Option<string> until = Until();
        Option<string> reboot = Reboot();
        Command command = new(name, description) { server, request, incident, from, until, reboot };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            string named = run.Given.GetRequiredValue(server);
            DraftOperationRequest draft = new()
            {
                Server = named,
                Plan = new PlanOperationRequest { Server = named },
                RequestId = run.Given.GetValue(request) ?? "",
                IncidentId = run.Given.GetValue(incident) ?? "",
                WindowStartTime = RequestAddCommand.TimeOf(run.Given.GetValue(from), "--from"),
                WindowEndTime = RequestAddCommand.TimeOf(run.Given.GetValue(until), "--until"),
                Reboot = RebootWords.Read(run.Given.GetValue(reboot)),
            };
            say(run.Given, draft);
            DraftOperationResponse response = await run.Controller.Operations.DraftOperationAsync(draft, run.Controller.Within(Patience, cancellationToken));
            if (response.AnswerCase == DraftOperationResponse.AnswerOneofCase.Refusal)
                throw new CtlException(ExitCode.Refused, $"{named} makes no such plan ({response.Refusal.Reason}): {response.Refusal.Detail}");
            OperationCommands.Print(run, response.Detail);
        });
        return command;
    }
}
