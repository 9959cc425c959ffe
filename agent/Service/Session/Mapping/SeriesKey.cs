using HaiSoft.Agent.Readings.Measurements;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>What one numeric series of this server is of.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="Component">Which one, where there are several; empty otherwise.</param>
/// <param name="Kind">How its values behave.</param>
internal readonly record struct SeriesKey(string Metric, string Component, SeriesKind Kind);
