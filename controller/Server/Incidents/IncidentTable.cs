using Dapper;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Incidents;

/// <summary>Reads and writes incidents by hand SQL: faults come in on the hot path.</summary>
internal static class IncidentTable
{
    private const string Insert = """
        INSERT INTO incidents (server_id, correlation_key, kind, state, title, replacement_promised, detected_time, opened_time)
        VALUES (@ServerId, @Key, @Kind, 1, @Title, @Replacement, @DetectedTime, @OpenedTime)
        RETURNING incident_number
        """;

    // The same component before, whatever opened the incident; otherwise the incident that this component would open.
    private const string OfComponent = """
        SELECT i.incident_number FROM incidents i
        WHERE i.server_id = @ServerId AND i.state <> 4 AND i.kind = @Kind AND (i.correlation_key = @Key OR EXISTS (
          SELECT 1 FROM findings f WHERE f.incident_number = i.incident_number AND f.component_id = @ComponentId))
        ORDER BY i.incident_number LIMIT 1
        """;

    private const string Recover = """
        UPDATE incidents SET recovered_time =
          (SELECT MAX(recovered_time) FROM findings WHERE incident_number = @number)
        WHERE incident_number = @number AND recovered_time IS NULL
          AND NOT EXISTS (SELECT 1 FROM findings WHERE incident_number = @number AND recovered_time IS NULL)
        RETURNING recovered_time
        """;

    public static string KeyOf(IncidentKind kind, string componentId) => $"{(int)kind}/{componentId}";

    public static Task<long> OpenAsync(
        WriteSession session, FindingChange.Opened opened, IncidentKind kind, string title, bool replacement, CancellationToken cancellationToken) =>
        session.Connection.QuerySingleAsync<long>(new CommandDefinition(
            Insert,
            new
            {
                opened.ServerId,
                Key = KeyOf(kind, opened.ComponentId),
                Kind = (int)kind,
                Title = title,
                Replacement = replacement ? 1 : 0,
                DetectedTime = opened.DetectedAt.ToUnixMicroseconds(),
                OpenedTime = session.Now.ToUnixMicroseconds(),
            },
            session.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>The open incident that this fault belongs to; absent when it needs one of its own.</summary>
    public static async Task<long?> FindOpenAsync(
        WriteSession session, FindingChange.Opened opened, IncidentKind kind, CancellationToken cancellationToken)
    {
        long? own = await session.Connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            OfComponent,
            new { opened.ServerId, Kind = (int)kind, Key = KeyOf(kind, opened.ComponentId), opened.ComponentId },
            session.Transaction,
            cancellationToken: cancellationToken));
        return own ?? (kind == IncidentKind.Hardware ? await DiskAndArray.FindOpenAsync(session, opened, cancellationToken) : null);
    }

    /// <summary>The incident that a finding belongs to; absent for none. Asked when the change is applied: it may have joined just before.</summary>
    public static Task<long?> OfFindingAsync(WriteSession session, string? findingId, CancellationToken cancellationToken) =>
        session.Connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            "SELECT incident_number FROM findings WHERE finding_id = @findingId",
            new { findingId },
            session.Transaction,
            cancellationToken: cancellationToken));

    public static Task JoinAsync(WriteSession session, long number, string findingId, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            "UPDATE findings SET incident_number = @number WHERE finding_id = @findingId",
            new { number, findingId },
            session.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>A fault (re)joins: the incident has not recovered any more.</summary>
    /// <returns>Whether it had.</returns>
    public static async Task<bool> ReviveAsync(WriteSession session, long number, CancellationToken cancellationToken) =>
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "UPDATE incidents SET recovered_time = NULL WHERE incident_number = @number AND recovered_time IS NOT NULL",
            new { number },
            session.Transaction,
            cancellationToken: cancellationToken)) > 0;

    /// <summary>Notes that every fault is gone, if it is so.</summary>
    /// <returns>Since when; absent while a fault lasts, or when that was noted before.</returns>
    public static async Task<DateTimeOffset?> RecoverAsync(WriteSession session, long number, CancellationToken cancellationToken) =>
        (await session.Connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            Recover, new { number }, session.Transaction, cancellationToken: cancellationToken))).FromUnixMicroseconds();
}
