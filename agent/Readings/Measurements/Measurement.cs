namespace HaiSoft.Agent.Readings.Measurements;

/// <summary>One numeric reading. What could not be read makes none.</summary>
/// <param name="Metric">
/// What is measured, a dotted name of the field with its unit: "load.1m", "memory.available_bytes", "disk.temperature_celsius".
/// </param>
/// <param name="Component">Which one, where a server has several: a mount point, an interface, a disk's serial. Empty otherwise.</param>
/// <param name="Kind">How the values behave.</param>
/// <param name="Value">The value, finite.</param>
public readonly record struct Measurement(string Metric, string Component, SeriesKind Kind, double Value);

/// <summary>How a series behaves.</summary>
public enum SeriesKind
{
    /// <summary>A level, up and down.</summary>
    Gauge = 1,

    /// <summary>A count that only grows until it is reset.</summary>
    Counter = 2,
}
