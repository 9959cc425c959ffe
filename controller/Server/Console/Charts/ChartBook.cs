using HaiSoft.Controller.Measurements;

namespace HaiSoft.Controller.Console.Charts;

/// <summary>Reads a server's last day for its charts.</summary>
internal sealed class ChartBook(MeasurementStore measurements, TimeProvider time)
{
    /// <summary>Points over the day: one for six minutes.</summary>
    private const int Points = 240;

    /// <summary>Lines of a chart; a server with more shows the first of them by name.</summary>
    private const int MaximumLines = 12;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The charts that a server has anything for.</summary>
    public async Task<IReadOnlyList<Chart>> OfServerAsync(string serverId, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(serverId, ChartKind.All, cancellationToken)).Where(chart => chart.Lines.Count > 0)];

    /// <summary>One chart; without lines when the server reports nothing for it.</summary>
    public async Task<Chart> ReadAsync(string serverId, ChartKind kind, CancellationToken cancellationToken) =>
        (await ReadAsync(serverId, [kind], cancellationToken))[0];

    private async Task<IReadOnlyList<Chart>> ReadAsync(string serverId, IReadOnlyList<ChartKind> kinds, CancellationToken cancellationToken)
    {
        var step = Day / Points;
        var to = new DateTimeOffset(time.GetUtcNow().Ticks / step.Ticks * step.Ticks, TimeSpan.Zero) + step;
        var from = to - Day;
        var read = await measurements.ReadPartsAsync(
            serverId, known => kinds.SelectMany(kind => Drawn(kind, known)).Distinct(), from, step, Points, cancellationToken);
        long[] times = [.. Enumerable.Range(0, Points).Select(i => (from + (step * i)).ToUnixTimeSeconds())];
        return [.. kinds.Select(kind => new Chart(
            kind, from, to, times, [.. Drawn(kind, read.Keys).Select(series => Line(kind, series, read[series])).Where(line => line.IsMeasured)]))];
    }

    private static IEnumerable<SeriesView> Drawn(ChartKind kind, IEnumerable<SeriesView> known) =>
        known.Where(s => kind.Metrics.Contains(s.Metric)).OrderBy(s => s.Component).ThenBy(s => IndexOf(kind, s)).Take(MaximumLines);

    private static int IndexOf(ChartKind kind, SeriesView series) => kind.Metrics.ToList().IndexOf(series.Metric);

    private static ChartLine Line(ChartKind kind, SeriesView series, IReadOnlyList<SeriesPart> parts)
    {
        var values = new double?[Points];
        foreach (var part in parts)
            values[part.Index] = series.Behaviour == SeriesBehaviour.Counter ? Growth(kind, part) : part.Mean;
        return new ChartLine(series.Metric, series.Component, values);
    }

    /// <summary>What a counter grew by, per second for rates; nothing where it was read for the first time or after a gap.</summary>
    private static double? Growth(ChartKind kind, SeriesPart part) =>
        part.Over <= TimeSpan.Zero ? null
        : kind.Unit.EndsWith("/s", StringComparison.Ordinal) ? part.Increase / part.Over.TotalSeconds
        : part.Increase;
}
