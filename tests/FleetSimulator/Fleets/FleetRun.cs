using HaiSoft.FleetSimulator.Faults;
using HaiSoft.FleetSimulator.Figures;
using HaiSoft.FleetSimulator.Records;

namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>Carries a plan out on a fleet. A cancelled run ends early and in good order: what is left is settled, and the figures are told.</summary>
internal sealed class FleetRun(Fleet fleet, TechnicianLink? link, int seed, TimeProvider time)
{
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(60);

    /// <exception cref="OperationCanceledException">It was cancelled before all agents were connected.</exception>
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
        fleet.BeginFlapping(plan.Flapping);
        Task<FaultFigures?> faults = MakeFaultsAsync(plan, cancellationToken);
        CutStorm? storm = await CutAsync(plan, cancellationToken);
        TimeSpan left = plan.Duration - time.GetElapsedTime(reporting);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        TimeSpan elapsed = time.GetElapsedTime(reporting);
        RunFigures figures = RunFigures.Of(fleet, connected, elapsed, fleet.Counters.Acknowledged - acknowledgedBefore, fleet.Counters.Readings - readingsBefore);
        figures = figures with { Faults = await faults, Storm = storm };
        await fleet.EndReportingAsync();
        return figures with { Settled = await fleet.SettleAsync(SettleWithin, CancellationToken.None) };
    }

    private async Task<FaultFigures?> MakeFaultsAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        if (plan.FaultsPerSecond <= 0 || link is null)
            return null;

        await using IncidentWatch watch = new(link, time);
        FaultProbe probe = new(fleet, link, watch, seed, time);
        try
        {
            await probe.RunAsync(plan.FaultsPerSecond, plan.Duration, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was measured until then is told.
        }

        return FaultFigures.Of(probe);
    }

    private async Task<CutStorm?> CutAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        if (plan.CutAfter is not { } after)
            return null;

        await Task.Delay(after, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return cancellationToken.IsCancellationRequested ? null : await CutStorm.CauseAsync(fleet, time, cancellationToken);
    }
}
