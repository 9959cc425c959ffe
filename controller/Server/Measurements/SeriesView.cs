namespace HaiSoft.Controller.Measurements;

/// <summary>How a series behaves. Stored by number: never change one, only add.</summary>
public enum SeriesBehaviour
{
    /// <summary>A level, up and down.</summary>
    Gauge = 1,

    /// <summary>A count that only grows until it is reset.</summary>
    Counter = 2,
}

/// <summary>A numeric series of a server.</summary>
/// <param name="Metric">What is measured, with its unit: "memory.available_bytes".</param>
/// <param name="Component">Which one, where a server has several; empty otherwise.</param>
/// <param name="Behaviour">How it behaves.</param>
public sealed record SeriesView(string Metric, string Component, SeriesBehaviour Behaviour);

/// <summary>A reading, or the mean of several.</summary>
/// <param name="At">When.</param>
/// <param name="Value">In the unit of its series.</param>
public readonly record struct SeriesPoint(DateTimeOffset At, double Value);
