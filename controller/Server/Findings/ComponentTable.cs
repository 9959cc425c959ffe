using System.Data.Common;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Findings;

/// <summary>Reads and writes the components of a server by hand SQL: this is the hot path.</summary>
internal static class ComponentTable
{
    private static readonly Statement Select = new(
        """
        SELECT component_id, kind, title, health, reason, evidence, observed_time, observed_boot_id, observed_uptime_microseconds,
          since_time, last_read_time, interval_microseconds, confirmation, facts, present
        FROM components WHERE server_id = @server
        """,
        "server");

    private static readonly Statement Upsert = new(
        """
        INSERT INTO components (server_id, component_id, kind, title, health, reason, evidence, observed_time, observed_boot_id,
          observed_uptime_microseconds, since_time, last_read_time, interval_microseconds, confirmation, facts, present)
        VALUES (@server, @component, @kind, @title, @health, @reason, @evidence, @observed, @boot, @uptime, @since, @read, @interval,
          @confirmation, @facts, @present)
        ON CONFLICT (server_id, component_id) DO UPDATE SET kind = excluded.kind, title = excluded.title,
          health = excluded.health, reason = excluded.reason, evidence = excluded.evidence,
          observed_time = excluded.observed_time, observed_boot_id = excluded.observed_boot_id,
          observed_uptime_microseconds = excluded.observed_uptime_microseconds, since_time = excluded.since_time,
          last_read_time = excluded.last_read_time, interval_microseconds = excluded.interval_microseconds,
          confirmation = excluded.confirmation, facts = excluded.facts, present = excluded.present
        """,
        "server",
        "component",
        "kind",
        "title",
        "health",
        "reason",
        "evidence",
        "observed",
        "boot",
        "uptime",
        "since",
        "read",
        "interval",
        "confirmation",
        "facts",
        "present");

    private static readonly Statement InsertChange = new(
        """
        INSERT INTO component_changes (server_id, component_id, changed_time, health, reason)
        VALUES (@server, @component, @at, @health, @reason)
        """,
        "server",
        "component",
        "at",
        "health",
        "reason");

    private static readonly Statement DeleteRow = new(
        "DELETE FROM components WHERE server_id = @server AND component_id = @component", "server", "component");

    /// <summary>Every component of a server, by its id.</summary>
    public static Dictionary<string, ComponentRow> Load(WriteSession session, string serverId)
    {
        Dictionary<string, ComponentRow> components = new(StringComparer.Ordinal);
        using DbDataReader rows = Select.Read(session, serverId);
        while (rows.Read())
        {
            ComponentRow row = Row(rows, serverId);
            components.Add(row.ComponentId, row);
        }

        return components;
    }

    public static void Save(WriteSession session, ComponentRow row) => Upsert.Execute(
        session,
        row.ServerId,
        row.ComponentId,
        (long)row.Kind,
        row.Title,
        (long)row.Health,
        row.Reason,
        row.Evidence,
        row.ObservedTime.ToUnixMicroseconds(),
        row.ObservedBootId,
        row.ObservedUptimeMicroseconds,
        row.SinceTime.ToUnixMicroseconds(),
        row.LastReadTime.ToUnixMicroseconds(),
        row.IntervalMicroseconds,
        row.Confirmation,
        row.Facts,
        row.Present ? 1L : 0L);

    public static void Delete(WriteSession session, ComponentRow row) => DeleteRow.Execute(session, row.ServerId, row.ComponentId);

    public static void AddChange(WriteSession session, ComponentRow row, DateTimeOffset at) => InsertChange.Execute(
        session, row.ServerId, row.ComponentId, at.ToUnixMicroseconds(), (long)row.Health, row.Reason);

    private static ComponentRow Row(DbDataReader row, string serverId) => new()
    {
        ServerId = serverId,
        ComponentId = row.GetString(0),
        Kind = (ComponentKind)row.GetInt64(1),
        Title = row.GetString(2),
        Health = (Health)row.GetInt64(3),
        Reason = row.GetString(4),
        Evidence = row.GetString(5),
        ObservedTime = row.GetInt64(6).FromUnixMicroseconds(),
        ObservedBootId = row.GetString(7),
        ObservedUptimeMicroseconds = row.GetInt64(8),
        SinceTime = row.GetInt64(9).FromUnixMicroseconds(),
        LastReadTime = row.IsDBNull(10) ? null : row.GetInt64(10).FromUnixMicroseconds(),
        IntervalMicroseconds = row.GetInt64(11),
        Confirmation = row.GetString(12),
        Facts = row.GetString(13),
        Present = row.GetInt64(14) != 0,
    };
}
