using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Machines;
using HaiSoft.FleetSimulator.Figures;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>How many reports a controller acknowledges when agents hold nothing back, and what a reading costs it.</summary>
internal static class IngestCost
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(FleetBed bed, Plan plan, CancellationToken cancellationToken)
    {
        List<Sample> samples = [];
        for (int run = 0; run < plan.FullSpeedRuns; run++)
            samples.Add(await RunAsync(bed, plan.FullSpeed, run + 1, cancellationToken));

        string note = $"{bed.File.Identities.Count} agents, mutual TLS, 30 readings a report, 4 under way each; simulator on the same cores";
        return
        [
            new("acknowledged reports", "1/s", [.. samples.Select(s => s.Reports / s.Seconds)], note),
            new("acknowledged readings", "1/s", [.. samples.Select(s => s.Readings / s.Seconds)]),
            new("CPU per million acknowledged readings", "s", [.. samples.Select(s => s.CpuSeconds / s.Readings * 1e6)], "user and system time of the controller, its database in it"),
            new("controller's share of the cores", "%", [.. samples.Select(s => s.CpuSeconds / s.Seconds / Environment.ProcessorCount * 100)]),
            new("ack latency at full speed, p50", "ms", [.. samples.Select(s => s.P50)]),
            new("ack latency at full speed, p99", "ms", [.. samples.Select(s => s.P99)]),
            new("resident after full speed", "MiB", ProcessUse.Of(bed.Controller.ProcessId).ResidentBytes / ProcessUse.Mebibyte),
        ];
    }

    private static async Task<Sample> RunAsync(FleetBed bed, TimeSpan duration, int seed, CancellationToken cancellationToken)
    {
        await using Fleet fleet = bed.Fleet(new FleetOptions { Every = null, Mix = ReportMix.Measurements, Seed = seed });
        await fleet.ConnectAsync(cancellationToken);
        fleet.BeginReporting();
        await fleet.FirstStateKnownAsync(cancellationToken);
        await Task.Delay(WarmUp, TimeProvider.System, cancellationToken);
        fleet.Counters.ForgetLatencies();
        (long reports, long readings) = (fleet.Counters.Acknowledged, fleet.Counters.Readings);
        double cpu = ProcessUse.Cpu(bed.Controller.ProcessId);
        long begun = TimeProvider.System.GetTimestamp();
        await Task.Delay(duration, TimeProvider.System, cancellationToken);
        double seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        cpu = ProcessUse.Cpu(bed.Controller.ProcessId) - cpu;
        LatencyHistogram latency = fleet.Counters.AckLatency;
        return new Sample(
            seconds, cpu, fleet.Counters.Acknowledged - reports, fleet.Counters.Readings - readings,
            latency.Quantile(0.5)?.TotalMilliseconds ?? double.NaN, latency.Quantile(0.99)?.TotalMilliseconds ?? double.NaN);
    }

    private sealed record Sample(double Seconds, double CpuSeconds, long Reports, long Readings, double P50, double P99);
}
