using HaiSoft.Benchmarks.Machines;
using HaiSoft.FleetSimulator.Figures;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>What a server took in while the fleet held nothing back.</summary>
/// <param name="Seconds">How long that was measured.</param>
/// <param name="CpuSeconds">User and system time of the server's process.</param>
/// <param name="FleetCpuSeconds">The same of this process, which the fleet lives in.</param>
/// <param name="Reports">Reports acknowledged.</param>
/// <param name="Readings">Readings in them.</param>
/// <param name="P50">Median time to an acknowledgement, in milliseconds.</param>
/// <param name="P99">The time that 99 of 100 acknowledgements did not exceed, in milliseconds.</param>
internal sealed record FullSpeed(double Seconds, double CpuSeconds, double FleetCpuSeconds, long Reports, long Readings, double P50, double P99)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public double ReportsPerSecond => Reports / Seconds;

    /// <summary>What a report costs the server, in microseconds.</summary>
    public double MicrosecondsPerReport => CpuSeconds / Reports * 1e6;

    /// <summary>Has the fleet report as fast as it is acknowledged, and measures once the server knows its first state.</summary>
    /// <param name="file">The fleet.</param>
    /// <param name="serverCpu">User and system time of the server so far, in seconds.</param>
    /// <param name="duration">How long it is measured.</param>
    /// <param name="seed">What chance there is follows from it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<FullSpeed> RunAsync(FleetFile file, Func<double> serverCpu, TimeSpan duration, int seed, CancellationToken cancellationToken)
    {
        await using Fleet fleet = FleetBed.Fleet(file, new FleetOptions { Every = null, Mix = ReportMix.Measurements, Seed = seed });
        await fleet.ConnectAsync(cancellationToken);
        fleet.BeginReporting();
        await fleet.FirstStateKnownAsync(cancellationToken);
        await Task.Delay(WarmUp, TimeProvider.System, cancellationToken);
        fleet.Counters.ForgetLatencies();
        (long reports, long readings) = (fleet.Counters.Acknowledged, fleet.Counters.Readings);
        (double cpu, double own) = (serverCpu(), ProcessUse.Cpu(Environment.ProcessId));
        long begun = TimeProvider.System.GetTimestamp();
        await Task.Delay(duration, TimeProvider.System, cancellationToken);
        double seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        (cpu, own) = (serverCpu() - cpu, ProcessUse.Cpu(Environment.ProcessId) - own);
        LatencyHistogram latency = fleet.Counters.AckLatency;
        return new FullSpeed(
            seconds, cpu, own, fleet.Counters.Acknowledged - reports, fleet.Counters.Readings - readings, Milliseconds(latency, 0.5), Milliseconds(latency, 0.99));
    }

    private static double Milliseconds(LatencyHistogram latency, double share) => latency.Quantile(share)?.TotalMilliseconds ?? double.NaN;
}
