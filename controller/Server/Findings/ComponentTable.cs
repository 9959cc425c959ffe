using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Findings;

/// <summary>Reads and writes the components of a server by hand SQL: this is the hot path.</summary>
internal static class ComponentTable
{
    private const string Select = """
        SELECT component_id, kind, title, health, reason, evidence, observed_time, observed_boot_id, observed_uptime_microseconds,
          since_time, last_read_time, interval_microseconds, confirmation, facts, present
        FROM components WHERE server_id = @serverId
        """;

    private const string Upsert = """
        INSERT INTO components (server_id, component_id, kind, title, health, reason, evidence, observed_time, observed_boot_id,
          observed_uptime_microseconds, since_time, last_read_time, interval_microseconds, confirmation, facts, present)
        VALUES (@ServerId, @ComponentId, @Kind, @Title, @Health, @Reason, @Evidence, @ObservedTime, @ObservedBootId,
          @ObservedUptimeMicroseconds, @SinceTime, @LastReadTime, @IntervalMicroseconds, @Confirmation, @Facts, @Present)
        ON CONFLICT (server_id, component_id) DO UPDATE SET kind = excluded.kind, title = excluded.title,
          health = excluded.health, reason = excluded.reason, evidence = excluded.evidence,
          observed_time = excluded.observed_time, observed_boot_id = excluded.observed_boot_id,
          observed_uptime_microseconds = excluded.observed_uptime_microseconds, since_time = excluded.since_time,
          last_read_time = excluded.last_read_time,
          interval_microseconds = excluded.interval_microseconds, confirmation = excluded.confirmation,
          facts = excluded.facts, present = excluded.present
        """;

    private const string Change = """
        INSERT INTO component_changes (server_id, component_id, changed_time, health, reason)
        VALUES (@ServerId, @ComponentId, @ChangedTime, @Health, @Reason)
        """;

    /// <summary>Every component of a server, by its id.</summary>
    public static async Task<Dictionary<string, ComponentRow>> LoadAsync(
        WriteSession session, string serverId, CancellationToken cancellationToken)
    {
        IEnumerable<Stored> rows = await session.Connection.QueryAsync<Stored>(
            new CommandDefinition(Select, new { serverId }, session.Transaction, cancellationToken: cancellationToken));
        return rows.Select(row => row.ToRow(serverId)).ToDictionary(row => row.ComponentId, StringComparer.Ordinal);
    }

    public static Task SaveAsync(WriteSession session, ComponentRow row, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            Upsert,
            new
            {
                row.ServerId,
                row.ComponentId,
                Kind = (int)row.Kind,
                row.Title,
                Health = (int)row.Health,
                row.Reason,
                row.Evidence,
                ObservedTime = row.ObservedTime.ToUnixMicroseconds(),
                row.ObservedBootId,
                row.ObservedUptimeMicroseconds,
                SinceTime = row.SinceTime.ToUnixMicroseconds(),
                LastReadTime = row.LastReadTime.ToUnixMicroseconds(),
                row.IntervalMicroseconds,
                row.Confirmation,
                row.Facts,
                Present = row.Present ? 1 : 0,
            },
            session.Transaction,
            cancellationToken: cancellationToken));

    public static Task AddChangeAsync(WriteSession session, ComponentRow row, DateTimeOffset at, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            Change,
            new { row.ServerId, row.ComponentId, ChangedTime = at.ToUnixMicroseconds(), Health = (int)row.Health, row.Reason },
            session.Transaction,
            cancellationToken: cancellationToken));

    private sealed record Stored(
        string ComponentId,
        long Kind,
        string Title,
        long Health,
        string Reason,
        string Evidence,
        long ObservedTime,
        string ObservedBootId,
        long ObservedUptimeMicroseconds,
        long SinceTime,
        long? LastReadTime,
        long IntervalMicroseconds,
        string Confirmation,
        string Facts,
        long Present)
    {
        public ComponentRow ToRow(string serverId) => new()
        {
            ServerId = serverId,
            ComponentId = ComponentId,
            Kind = (ComponentKind)Kind,
            Title = Title,
            Health = (Rules.Findings.Health)Health,
            Reason = Reason,
            Evidence = Evidence,
            ObservedTime = ObservedTime.FromUnixMicroseconds(),
            ObservedBootId = ObservedBootId,
            ObservedUptimeMicroseconds = ObservedUptimeMicroseconds,
            SinceTime = SinceTime.FromUnixMicroseconds(),
            LastReadTime = LastReadTime.FromUnixMicroseconds(),
            IntervalMicroseconds = IntervalMicroseconds,
            Confirmation = Confirmation,
            Facts = Facts,
            Present = Present != 0,
        };
    }
}
