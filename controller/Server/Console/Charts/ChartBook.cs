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
    public async Task<IReadOnlyList<Chart>> OfServerAsync(string serverId, CancellationToken cancellationToken)
    {
        var known = await measurements.SeriesOfAsync(serverId, cancellationToken);
        var charts = new List<Chart>();
        foreach (var kind in ChartKind.All)
            charts.Add(await ReadAsync(serverId, kind, known, cancellationToken));
        return [.. charts.Where(chart => chart.Lines.Count > 0)];
    }

    /// <summary>One chart; without lines when the server reports nothing for it.</summary>
    public async Task<Chart> ReadAsync(string serverId, ChartKind kind, CancellationToken cancellationToken) =>
        await ReadAsync(serverId, kind, await measurements.SeriesOfAsync(serverId, cancellationToken), cancellationToken);

    private async Task<Chart> ReadAsync(
        string serverId, ChartKind kind, IReadOnlyList<SeriesView> known, CancellationToken cancellationToken)
    {
        var step = Day / Points;
        var to = new DateTimeOffset(time.GetUtcNow().Ticks / step.Ticks * step.Ticks, TimeSpan.Zero) + step;
        var from = to - Day;
        var lines = new List<ChartLine>();
        foreach (var series in known.Where(s => kind.Metrics.Contains(s.Metric)).OrderBy(s => s.Component).ThenBy(s => IndexOf(kind, s)).Take(MaximumLines))
        {
            var points = await measurements.ReadAsync(serverId, series.Metric, series.Component, from, to, Points, cancellationToken);
            var values = OnGrid(points, from, step);
            lines.Add(new ChartLine(series.Metric, series.Component, series.Behaviour == SeriesBehaviour.Counter ? Growth(values, kind, step) : values));
        }

        long[] times = [.. Enumerable.Range(0, Points).Select(i => (from + (step * i)).ToUnixTimeSeconds())];
        return new Chart(kind, from, to, times, [.. lines.Where(line => line.IsMeasured)]);
    }

    private static int IndexOf(ChartKind kind, SeriesView series) => kind.Metrics.ToList().IndexOf(series.Metric);

    private static double?[] OnGrid(IReadOnlyList<SeriesPoint> points, DateTimeOffset from, TimeSpan step)
    {
        var values = new double?[Points];
        foreach (var point in points)
        {
            var index = (int)((point.At - from) / step);
            if (index is >= 0 and < Points)
                values[index] = point.Value;
        }

        return values;
    }

    /// <summary>
    /// What a counter grew by, per second for rates; a reset counts from zero again, a gap stays one. Beside a gap and at the end a
    /// part of the range is not whole, and its mean would show a dip that was none: left out.
    /// </summary>
    private static double?[] Growth(double?[] counter, ChartKind kind, TimeSpan step)
    {
        var per = kind.Unit.EndsWith("/s", StringComparison.Ordinal) ? step.TotalSeconds : 1;
        var growth = new double?[counter.Length];
        for (var i = 2; i < counter.Length - 1; i++)
        {
            if (counter[i] is { } after && counter[i - 1] is { } before && counter[i - 2] is not null && counter[i + 1] is not null)
                growth[i] = (after >= before ? after - before : after) / per;
        }

        return growth;
    }
}
