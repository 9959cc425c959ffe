namespace HaiSoft.Agent.Readings.Hardware;

/// <summary>One reading of one source.</summary>
/// <param name="Source">Which source.</param>
/// <param name="Outcome">How it went; when measured, the components are all that the source has.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Interval">How often the source is read (SLA 4.6).</param>
public sealed record HardwareReading(
    HardwareSource Source,
    Reading<HardwareComponents> Outcome,
    TimeSpan Duration,
    TimeSpan Interval);
