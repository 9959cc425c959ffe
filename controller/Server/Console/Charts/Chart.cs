namespace HaiSoft.Controller.Console.Charts;

/// <summary>A chart with its figures on one grid of times.</summary>
/// <param name="Kind">Which.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The last instant.</param>
/// <param name="Times">The grid, Unix seconds, evenly spaced.</param>
/// <param name="Lines">What is drawn.</param>
internal sealed record Chart(ChartKind Kind, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<long> Times, IReadOnlyList<ChartLine> Lines);

/// <summary>One line of a chart.</summary>
/// <param name="Metric">What is measured: "load.1m".</param>
/// <param name="Component">Which one; empty where the server has one.</param>
/// <param name="Values">A value per time of the grid; absent where nothing was reported: a gap, not a zero.</param>
internal sealed record ChartLine(string Metric, string Component, IReadOnlyList<double?> Values)
{
    public double? Latest => Values.LastOrDefault(v => v is not null);

    public double? Least => Values.Min();

    public double? Most => Values.Max();

    public double? Mean => Values.Average();

    /// <summary>Something was reported.</summary>
    public bool IsMeasured => Values.Any(v => v is not null);
}
