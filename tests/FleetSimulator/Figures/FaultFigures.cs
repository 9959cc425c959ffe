using HaiSoft.FleetSimulator.Faults;

namespace HaiSoft.FleetSimulator.Figures;

/// <summary>From a confirming report's leaving its agent to the incident's reaching a technician.</summary>
/// <param name="Seen">Faults whose incident came.</param>
/// <param name="Missed">Faults whose incident did not come in time.</param>
/// <param name="P50Milliseconds">Half came within this; absent when none came.</param>
/// <param name="P99Milliseconds">99 of 100 came within this.</param>
/// <param name="MostMilliseconds">The slowest.</param>
internal sealed record FaultFigures(long Seen, int Missed, double? P50Milliseconds, double? P99Milliseconds, double? MostMilliseconds)
{
    public static FaultFigures Of(FaultProbe probe) => new(
        probe.Latency.Count,
        probe.Missed,
        probe.Latency.Quantile(0.5)?.TotalMilliseconds,
        probe.Latency.Quantile(0.99)?.TotalMilliseconds,
        probe.Latency.Quantile(1)?.TotalMilliseconds);
}
