using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements;

/// <summary>Takes readings in: the agent's numbers of series become ours, the values one column.</summary>
internal sealed class MeasurementIntake
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

    private const string Known = "SELECT number, series_id FROM agent_series WHERE server_id = @serverId AND epoch = @epoch";

    private const string Append = """
        INSERT INTO measurements (server_id, observed_time, data) VALUES (@serverId, @observedTime, @data)
        ON CONFLICT (server_id, observed_time) DO NOTHING
        """;

    private const string NextFree = """
        SELECT MAX(observed_time) + 1 FROM measurements
        WHERE server_id = @serverId AND observed_time >= @observedTime AND observed_time < @observedTime + 1000000
        """;

    // Asked for at every report. Touched only inside the gate; holds what is committed.
    private readonly Dictionary<string, (string Epoch, Dictionary<long, long> Ours)> _numbers = new(StringComparer.Ordinal);

    /// <summary>Values of series that were never named are left out: the agent names them all after a resync.</summary>
    public async Task TakeAsync(
        WriteSession session, string serverId, string epoch, DateTimeOffset at, ReportedReadings report, CancellationToken cancellationToken)
    {
        if (report.Named.Count > 0)
            _numbers.Remove(serverId);
        foreach (SeriesNaming series in report.Named)
            await DefineAsync(session, serverId, epoch, series, cancellationToken);
        Dictionary<long, long> ours = await NumbersAsync(session, serverId, epoch, cancellationToken);
        byte[] data = MeasurementBlock.Write(report.Numbers
            .Zip(report.Values)
            .Where(pair => ours.ContainsKey(pair.First))
            .Select(pair => (ours[pair.First], pair.Second))
            .DistinctBy(pair => pair.Item1));
        await AppendAsync(session, serverId, at.ToUnixMicroseconds(), data, cancellationToken);
    }

    private async Task<Dictionary<long, long>> NumbersAsync(
        WriteSession session, string serverId, string epoch, CancellationToken cancellationToken)
    {
        if (_numbers.TryGetValue(serverId, out (string Epoch, Dictionary<long, long> Ours) known) && known.Epoch == epoch)
            return known.Ours;
        Dictionary<long, long> ours = (await session.Connection.QueryAsync<(long Number, long Id)>(new CommandDefinition(
            Known, new { serverId, epoch }, session.Transaction, cancellationToken: cancellationToken)))
            .ToDictionary(pair => pair.Number, pair => pair.Id);
        session.AfterCommit(() => _numbers[serverId] = (epoch, ours));
        return ours;
    }

    // A report that came before was absorbed by its sequence. One that meets another at the same instant is another report: a
    // corrected time is bounded by the time of receipt, which the reports of a batch share. It is kept, a microsecond later.
    private static async Task AppendAsync(
        WriteSession session, string serverId, long observedTime, byte[] data, CancellationToken cancellationToken)
    {
        CommandDefinition Command(string sql) =>
            new(sql, new { serverId, observedTime, data }, session.Transaction, cancellationToken: cancellationToken);

        if (await session.Connection.ExecuteAsync(Command(Append)) > 0)
            return;
        observedTime = await session.Connection.QuerySingleAsync<long>(Command(NextFree));
        await session.Connection.ExecuteAsync(Command(Append));
    }

    private static async Task DefineAsync(
        WriteSession session, string serverId, string epoch, SeriesNaming series, CancellationToken cancellationToken)
    {
        long seriesId = await session.Connection.QuerySingleAsync<long>(new CommandDefinition(
            Define,
            new { serverId, metric = series.Metric, component = series.Component, kind = (int)series.Behaviour },
            session.Transaction,
            cancellationToken: cancellationToken));
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Number,
            new { serverId, epoch, number = series.Number, seriesId },
            session.Transaction,
            cancellationToken: cancellationToken));
    }
}
