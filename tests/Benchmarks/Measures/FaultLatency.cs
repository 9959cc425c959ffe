using HaiSoft.Benchmarks.Figures;
using HaiSoft.FleetSimulator.Figures;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Records;
using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>How long a fault needs from its agent to a technician's eyes, while the fleet reports.</summary>
internal static class FaultLatency
{
    /// <summary>What the rest of the fleet sends meanwhile, in reports each second.</summary>
    private const double Background = 700;

    private const double FaultsPerSecond = 10;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(FleetBed bed, TimeSpan duration, CancellationToken cancellationToken)
    {
        FleetOptions options = new() { Every = TimeSpan.FromSeconds(bed.File.Identities.Count / Background), Mix = ReportMix.Measurements };
        await using Fleet fleet = bed.Fleet(options);
        using TechnicianLink link = new(bed.Controller.Profile);
        RunPlan plan = new(duration, FaultsPerSecond, CutAfter: null);
        RunFigures run = await new FleetRun(fleet, link, seed: 1, TimeProvider.System).CarryOutAsync(plan, cancellationToken);
        FaultFigures faults = run.Faults!;
        string note = $"{faults.Seen} faults at {run.ReportsPerSecond:0} reports/s, seen by WatchIncidents; {faults.Missed} missed";
        return
        [
            new("fault received to incident visible, p50", "ms", faults.P50Milliseconds ?? double.NaN, note) { Reach = Reach.AtMost(5) },
            new("fault received to incident visible, p99", "ms", faults.P99Milliseconds ?? double.NaN) { Reach = Reach.AtMost(50) },
            new("fault received to incident visible, most", "ms", faults.MostMilliseconds ?? double.NaN),
            new("ack latency meanwhile, p50", "ms", run.AckP50Milliseconds ?? double.NaN),
            new("ack latency meanwhile, p99", "ms", run.AckP99Milliseconds ?? double.NaN),
        ];
    }
}
