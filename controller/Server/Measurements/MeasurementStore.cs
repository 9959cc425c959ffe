using System.Data.Common;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Reading;
using HaiSoft.Controller.Measurements.Series;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements;

/// <summary>Keeps numeric series: takes readings in, and reads them back.</summary>
internal sealed class MeasurementStore(
    StoreConnections connections, MeasurementIntake intake, CatalogueBook catalogues, MeasurementDays days, DamagedData damaged)
{
    /// <summary>
    /// Takes in what an agent read at one instant: durable with the session's transaction, and undone with it. Readings of
    /// series that were never named in this epoch are left out: the agent names them all after a resync.
    /// </summary>
    public Task AppendAsync(
        WriteSession session, string serverId, string epoch, DateTimeOffset at, ReportedReadings report, CancellationToken cancellationToken) =>
        intake.AppendAsync(session, serverId, epoch, at, report, cancellationToken);

    /// <summary>The series of a server, by metric and component.</summary>
    public async Task<IReadOnlyList<SeriesView>> SeriesOfAsync(string serverId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await connections.OpenAsync(cancellationToken);
        ServerReading reading = await ServerReading.BeginAsync(connection, serverId, catalogues, damaged, cancellationToken);
        return
        [
            .. reading.Catalogue.Series
                .OrderBy(s => s.Metric, StringComparer.Ordinal)
                .ThenBy(s => s.Component, StringComparer.Ordinal)
                .Select(View),
        ];
    }

    /// <summary>
    /// The readings of a series, each as it was read, from an instant up to, not including, another, oldest first: at most so
    /// many points, else each the mean of its part of the range, at its first instant. Empty when there is no such series.
    /// </summary>
    public async Task<IReadOnlyList<SeriesPoint>> ReadAsync(
        string serverId,
        string metric,
        string component,
        DateTimeOffset from,
        DateTimeOffset to,
        int maxPoints,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, 1);
        await using DbConnection connection = await connections.OpenAsync(cancellationToken);
        ServerReading reading = await ServerReading.BeginAsync(connection, serverId, catalogues, damaged, cancellationToken);
        if (reading.Catalogue.Find(metric, component) is not { } series)
            return [];
        (long first, long end) = (from.ToUnixMicroseconds(), to.ToUnixMicroseconds());
        ReadingTable table = await reading.TableAsync(new HashSet<int> { series.Id }, first, end, cancellationToken);
        double[] values = [.. table.Values(table.ColumnOf(series.Id))];
        SeriesPoint[] points =
        [
            .. table.Times.ToArray()
                .Zip(values)
                .Where(reading => reading.First >= first && reading.First < end && !double.IsNaN(reading.Second))
                .Select(reading => new SeriesPoint(reading.First.FromUnixMicroseconds(), reading.Second)),
        ];
        return points.Length <= maxPoints ? points : Thin(points, from, to, maxPoints);
    }

    /// <summary>What series came to in each of so many parts of equal length.</summary>
    /// <param name="serverId">The server.</param>
    /// <param name="choose">Chooses among the server's series.</param>
    /// <param name="from">Where the first part begins.</param>
    /// <param name="step">How long a part is.</param>
    /// <param name="count">How many parts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyDictionary<SeriesView, IReadOnlyList<SeriesPart>>> ReadPartsAsync(
        string serverId,
        Func<IReadOnlyCollection<SeriesView>, IEnumerable<SeriesView>> choose,
        DateTimeOffset from,
        TimeSpan step,
        int count,
        CancellationToken cancellationToken)
    {
        await using DbConnection connection = await connections.OpenAsync(cancellationToken);
        ServerReading reading = await ServerReading.BeginAsync(connection, serverId, catalogues, damaged, cancellationToken);
        SeriesView[] known = [.. reading.Catalogue.Series.Select(View)];
        Dictionary<SeriesView, KnownSeries> series =
            choose(known).ToDictionary(view => view, view => reading.Catalogue.Find(view.Metric, view.Component)!);
        PartReading parts = new(reading, days, from.ToUnixMicroseconds(), (long)step.TotalMicroseconds, count);
        Dictionary<int, PartGrid> grids = await parts.FillAsync(series.Values, cancellationToken);
        return series.ToDictionary(pair => pair.Key, pair => grids[pair.Value.Id].Parts());
    }

    /// <summary>How many instants of a server were read at, from one on.</summary>
    public async Task<int> CountAsync(string serverId, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await connections.OpenAsync(cancellationToken);
        ServerReading reading = await ServerReading.BeginAsync(connection, serverId, catalogues, damaged, cancellationToken);
        long first = from.ToUnixMicroseconds();
        ReadingTable table = await reading.TableAsync(new HashSet<int>(), first, ReadingTime.Latest, cancellationToken);
        return table.Rows - table.RowAt(first);
    }

    private static SeriesView View(KnownSeries series) => new(series.Metric, series.Component, series.Behaviour);

    private static IReadOnlyList<SeriesPoint> Thin(SeriesPoint[] points, DateTimeOffset from, DateTimeOffset to, int maxPoints)
    {
        double width = (to - from).TotalMicroseconds / maxPoints;
        return
        [
            .. points
                .GroupBy(point => Math.Min(maxPoints - 1, (int)((point.At - from).TotalMicroseconds / width)))
                .Select(part => new SeriesPoint(part.First().At, part.Average(point => point.Value))),
        ];
    }
}
