using Dapper;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes measurements in: the agent's numbers of series become ours, the values one column.</summary>
internal static class MeasurementReports
{
    private const string Define = """
        INSERT INTO series (server_id, metric, component, kind) VALUES (@serverId, @metric, @component, @kind)
        ON CONFLICT (server_id, metric, component) DO UPDATE SET kind = excluded.kind
        RETURNING series_id
        """;

    private const string Number = """
        INSERT INTO agent_series (server_id, epoch, number, series_id) VALUES (@serverId, @epoch, @number, @seriesId)
        ON CONFLICT (server_id, epoch, number) DO UPDATE SET series_id = excluded.series_id
        """;

    private const string Append = """
        INSERT INTO measurements (server_id, observed_time, data) VALUES (@serverId, @observedTime, @data)
        ON CONFLICT (server_id, observed_time) DO UPDATE SET data = excluded.data
        """;

    /// <summary>Values of series that were never named are left out: the agent names them all after a resync.</summary>
    public static async Task TakeAsync(
        WriteSession session, string serverId, string epoch, Measurements report, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (Series series in report.NewSeries)
            await DefineAsync(session, serverId, epoch, series, cancellationToken);
        Dictionary<long, long> ours = (await session.Connection.QueryAsync<(long Number, long Id)>(new CommandDefinition(
            "SELECT number, series_id FROM agent_series WHERE server_id = @serverId AND epoch = @epoch",
            new { serverId, epoch },
            session.Transaction,
            cancellationToken: cancellationToken))).ToDictionary(pair => pair.Number, pair => pair.Id);
        byte[] data = MeasurementBlock.Write(report.Series
            .Zip(report.Values)
            .Where(pair => ours.ContainsKey(pair.First))
            .Select(pair => (ours[pair.First], pair.Second))
            .DistinctBy(pair => pair.Item1));
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Append,
            new { serverId, observedTime = at.ToUnixMicroseconds(), data },
            session.Transaction,
            cancellationToken: cancellationToken));
    }

    private static async Task DefineAsync(
        WriteSession session, string serverId, string epoch, Series series, CancellationToken cancellationToken)
    {
        long seriesId = await session.Connection.QuerySingleAsync<long>(new CommandDefinition(
            Define,
            new { serverId, metric = series.Metric, component = series.Component, kind = (int)series.Kind },
            session.Transaction,
            cancellationToken: cancellationToken));
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Number,
            new { serverId, epoch, number = series.Number, seriesId },
            session.Transaction,
            cancellationToken: cancellationToken));
    }
}
