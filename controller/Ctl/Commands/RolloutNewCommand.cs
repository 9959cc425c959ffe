using System.CommandLine;
using System.Globalization;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>rollout new install|update|security</c>.</summary>
internal static class RolloutNewCommand
{
    public static Command Create() => new("new", "Start one. Each server makes a plan of its own, which changes nothing; servers that are not connected make it when they are.")
    {
        Install(), Update(), Security(),
    };

    private static Command Install()
    {
        Argument<string[]> names = PlanCommands.Names("Packages that the catalogue lists.");
        Option<string[]> choices = PlanCommands.Choices();
        Command command = Starting("install", "Install packages.", (given, what) => what.InstallPackages =
            PackageChoices.Read(given.GetRequiredValue(names), given.GetValue(choices) ?? []));
        command.Add(names);
        command.Add(choices);
        return command;
    }

    private static Command Update()
    {
        Argument<string[]> names = PlanCommands.Names("Packages that are installed, and that the catalogue lists.");
        Command command = Starting("update", "Update packages.", (given, what) => what.UpdatePackages = new() { Names = { given.GetRequiredValue(names) } });
        command.Add(names);
        return command;
    }

    private static Command Security() =>
        Starting("security", "Update everything that a security advisory is out for.", (_, what) => what.SecurityUpdates = new SecurityUpdates());

    private static Command Starting(string name, string description, Action<ParseResult, PlanOperationRequest> say)
    {
        Option<string[]> servers = new("--server") { Description = "A server; may be given again. The first ones are of the first wave.", HelpName = "NAME" };
        Option<string> file = new("--servers-from") { Description = "More servers from a file, a name on each line; - for standard input.", HelpName = "FILE" };
        Option<string> sizes = new("--wave-sizes") { Description = "How many servers each wave has: 1,5,20. The last counts for all that follow. Default: 1,10.", HelpName = "SIZES" };
        Option<string> request = new("--request") { Description = "The customer's request that it is for.", HelpName = "N" };
        Option<string> from = OperationNewCommand.From();
        Option<string> until = OperationNewCommand.Until();
        Command command = new(name, description) { servers, file, sizes, request, from, until };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            PlanOperationRequest what = new();
            say(run.Given, what);
            StartRolloutRequest start = new()
            {
                What = what,
                Servers = { run.Given.GetValue(servers) ?? [], await ReadAsync(run.Given.GetValue(file), cancellationToken) },
                WaveSizes = { SizesOf(run.Given.GetValue(sizes)) },
                RequestId = run.Given.GetValue(request) ?? "",
                WindowStartTime = RequestAddCommand.TimeOf(run.Given.GetValue(from), "--from"),
                WindowEndTime = RequestAddCommand.TimeOf(run.Given.GetValue(until), "--until"),
            };
            StartRolloutResponse response = await run.Controller.Rollouts.StartRolloutAsync(start, run.Soon(cancellationToken));
            RolloutCommands.Print(run, response.Detail);
        });
        return command;
    }

    private static async Task<IEnumerable<string>> ReadAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
            return [];
        try
        {
            string text = file == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
            return text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CtlException(ExitCode.Usage, $"{file} cannot be read: {e.Message}");
        }
    }

    private static IEnumerable<int> SizesOf(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            ? size
            : throw new CtlException(ExitCode.Usage, $"--wave-sizes '{text}' cannot be read: write numbers of servers, as 1,5,20."));
}
