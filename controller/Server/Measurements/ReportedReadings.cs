namespace HaiSoft.Controller.Measurements;

/// <summary>What an agent read at one instant.</summary>
/// <param name="Named">Series that the agent names for the first time in this epoch, or again after a resync.</param>
/// <param name="Numbers">The series that each value belongs to, by the agent's numbers of this epoch; none twice.</param>
/// <param name="Values">The values, finite, as many as numbers.</param>
internal readonly record struct ReportedReadings(
    IReadOnlyList<SeriesNaming> Named, ICollection<int> Numbers, ICollection<double> Values);

/// <summary>What an agent calls a series in one epoch.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Metric">What is measured, with its unit: "memory.available_bytes".</param>
/// <param name="Component">Which one, where a server has several; empty otherwise.</param>
/// <param name="Behaviour">How it behaves.</param>
internal sealed record SeriesNaming(int Number, string Metric, string Component, SeriesBehaviour Behaviour);
