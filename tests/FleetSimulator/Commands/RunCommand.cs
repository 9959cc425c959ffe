using System.CommandLine;
using HaiSoft.FleetSimulator.Figures;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.FleetSimulator.Records;

namespace HaiSoft.FleetSimulator.Commands;

/// <summary><c>run</c>: lets a fleet report, fail and be cut off.</summary>
internal static class RunCommand
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(5);

    public static Command Make()
    {
        RunOptions options = new();
        Command command = new("run", "Lets agents report, and tells how the controller kept up.");
        foreach (Option option in options.All)
            command.Options.Add(option);
        command.SetAction((result, cancel) => Failures.ToldAsync(() => RunAsync(options, result, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(RunOptions options, ParseResult result, CancellationToken cancellationToken)
    {
        FleetFile file = FleetFile.Read(result.GetRequiredValue(options.Folder));
        int first = result.GetValue(options.First);
        int agents = result.GetValue(options.Agents);
        string[] faults = [.. options.Faults(result)];
        if (faults.Length == 0 && first + agents - 1 > file.Identities.Count)
            faults = [$"The fleet has {file.Identities.Count} agents: enrol more of them (enrol --count {first + agents - 1})."];
        if (faults.Length > 0)
            return Failures.Tell(string.Join('\n', faults));

        using TechnicianLink? link = result.GetValue(options.Profile) is { } profile ? new TechnicianLink(ControllerProfile.Read(profile)) : null;
        await using LedgerWriter? ledger = result.GetValue(options.Ledger) is { } path ? new LedgerWriter(path) : null;
        await using Fleet fleet = new(file, first, agents, options.Fleet(result), ledger, TimeProvider.System);
        FleetRun run = new(fleet, link, result.GetValue(options.Seed), TimeProvider.System);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task progress = TellAsync(fleet, done.Token);
        RunFigures figures = await run.CarryOutAsync(options.Plan(result), cancellationToken);
        await done.CancelAsync();
        await progress.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Show(figures, result.GetValue(options.Json));
        return 0;
    }

    private static void Show(RunFigures figures, string? json)
    {
        RunFiguresTable.Print(figures);
        if (json is not null)
            RunFiguresTable.Save(figures, json);
    }

    private static async Task TellAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(BetweenProgress, TimeProvider.System);
        long before = 0;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            long acknowledged = fleet.Counters.Acknowledged;
            double rate = (acknowledged - before) / BetweenProgress.TotalSeconds;
            Console.Error.WriteLine($"{fleet.Counters.Connected} connected, {acknowledged} acknowledged ({rate:0}/s), {fleet.Counters.Errors.Values.Sum()} errors");
            before = acknowledged;
        }
    }
}
