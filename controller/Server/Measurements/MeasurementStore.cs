using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements;

/// <summary>Keeps numeric series.</summary>
public sealed class MeasurementStore(StoreConnections connections)
{
    private readonly MeasurementIntake _intake = new();

    private const string Known = "SELECT series_id, metric, component, kind FROM series WHERE server_id = @serverId ORDER BY metric, component";

    private const string One =
        "SELECT series_id FROM series WHERE server_id = @serverId AND metric = @metric AND component = @component";

    private const string Range = """
        SELECT observed_time, data FROM measurements
        WHERE server_id = @serverId AND observed_time >= @from AND observed_time < @to ORDER BY observed_time
        """;

    /// <summary>
    /// Takes in what an agent read at one instant: durable with the session's transaction, and undone with it. Values of
    /// series that were never named in this epoch are left out: the agent names them all after a resync.
    /// </summary>
    public Task AppendAsync(
        WriteSession session, string serverId, string epoch, DateTimeOffset at, ReportedReadings report, CancellationToken cancellationToken) =>
        _intake.TakeAsync(session, serverId, epoch, at, report, cancellationToken);

    /// <summary>The series of a server, by metric and component.</summary>
    public async Task<IReadOnlyList<SeriesView>> SeriesOfAsync(string serverId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await connections.OpenAsync(cancellationToken);
        IEnumerable<(long Id, string Metric, string Component, long Kind)> rows =
            await connection.QueryAsync<(long Id, string Metric, string Component, long Kind)>(
                new CommandDefinition(Known, new { serverId }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new SeriesView(row.Metric, row.Component, (SeriesBehaviour)row.Kind))];
    }

    /// <summary>
    /// The readings of a series from an instant up to, not including, another, oldest first: at most so many points, each
    /// the mean of its part of the range. Empty when there is no such series.
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
        long? series = await connection.QuerySingleOrDefaultAsync<long?>(
            new CommandDefinition(One, new { serverId, metric, component }, cancellationToken: cancellationToken));
        if (series is null)
            return [];
        IEnumerable<(long At, byte[] Data)> rows = await connection.QueryAsync<(long At, byte[] Data)>(new CommandDefinition(
            Range,
            new { serverId, from = from.ToUnixMicroseconds(), to = to.ToUnixMicroseconds() },
            cancellationToken: cancellationToken));
        return Downsampling.Thin(
            rows.Select(row => (row.At, Value: MeasurementBlock.Find(row.Data, series.Value)))
                .Where(point => point.Value is not null)
                .Select(point => new SeriesPoint(point.At.FromUnixMicroseconds(), point.Value!.Value)),
            from,
            to,
            maxPoints);
    }
}
