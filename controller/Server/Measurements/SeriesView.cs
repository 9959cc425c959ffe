namespace HaiSoft.Controller.Measurements;

/// <summary>How a series behaves. Stored by number: never change one, only add.</summary>
internal enum SeriesBehaviour
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
internal sealed record SeriesView(string Metric, string Component, SeriesBehaviour Behaviour);

/// <summary>A reading, or the mean of several.</summary>
/// <param name="At">When.</param>
/// <param name="Value">In the unit of its series.</param>
internal readonly record struct SeriesPoint(DateTimeOffset At, double Value);

/// <summary>What a series came to over a part of the time that was asked for; only parts with a reading are told of.</summary>
/// <param name="Index">The part, from 0.</param>
/// <param name="Count">How many readings.</param>
/// <param name="Least">The least of them.</param>
/// <param name="Most">The most.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Last">The last.</param>
/// <param name="Increase">What a counter grew by, from zero again after a reset; not over a time that nothing was read in.</param>
/// <param name="Over">The time that it grew by that in: shorter than the part beside a gap and at the end.</param>
internal readonly record struct SeriesPart(
    int Index, long Count, double Least, double Most, double Mean, double Last, double Increase, TimeSpan Over);
