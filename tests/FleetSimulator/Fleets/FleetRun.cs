using HaiSoft.FleetSimulator.Faults;
using HaiSoft.FleetSimulator.Figures;
using HaiSoft.FleetSimulator.Records;

namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>Carries a plan out on a fleet.</summary>
internal sealed class FleetRun(Fleet fleet, TechnicianLink? link, int seed, TimeProvider time)
{
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(60);

    public async Task<RunFigures> CarryOutAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        await fleet.ConnectAsync(cancellationToken);
        TimeSpan connected = time.GetElapsedTime(begun);
        return await ReportAsync(plan, connected, cancellationToken);
    }

    /// <summary>The same on a fleet that is connected already.</summary>
    public async Task<RunFigures> ReportAsync(RunPlan plan, TimeSpan connected, CancellationToken cancellationToken)
    {
        fleet.BeginReporting();
        if (plan.FaultsPerSecond > 0)
            await fleet.FirstStateKnownAsync(cancellationToken);

        long reporting = time.GetTimestamp();
        long acknowledgedBefore = fleet.Counters.Acknowledged;
        long readingsBefore = fleet.Counters.Readings;
        Task<FaultFigures?> faults = MakeFaultsAsync(plan, cancellationToken);
        CutStorm? storm = await CutAsync(plan, cancellationToken);
        TimeSpan left = plan.Duration - time.GetElapsedTime(reporting);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        TimeSpan elapsed = time.GetElapsedTime(reporting);
        RunFigures figures = RunFigures.Of(fleet, connected, elapsed, fleet.Counters.Acknowledged - acknowledgedBefore, fleet.Counters.Readings - readingsBefore);
        figures = figures with { Faults = await faults, Storm = storm };
        await fleet.EndReportingAsync();
        return figures with { Settled = await fleet.SettleAsync(SettleWithin, cancellationToken) };
    }

    private async Task<FaultFigures?> MakeFaultsAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        if (plan.FaultsPerSecond <= 0 || link is null)
            return null;

        await using IncidentWatch watch = new(link, time);
        FaultProbe probe = new(fleet, link, watch, seed, time);
        await probe.RunAsync(plan.FaultsPerSecond, plan.Duration, cancellationToken);
        return FaultFigures.Of(probe);
    }

    private async Task<CutStorm?> CutAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        if (plan.CutAfter is not { } after)
            return null;

        await Task.Delay(after, time, cancellationToken);
        return await CutStorm.CauseAsync(fleet, time, cancellationToken);
    }
}
