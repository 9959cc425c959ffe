using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>How far each agent's spool is durable here, and which reports came before their spool held them.</summary>
internal static class SpoolTable
{
    private const string Advance = """
        INSERT INTO agent_epochs (server_id, epoch, last_durable_sequence, first_seen_time) VALUES (@serverId, @epoch, @sequence, @now)
        ON CONFLICT (server_id, epoch) DO UPDATE SET last_durable_sequence = excluded.last_durable_sequence
        """;

    /// <summary>The highest durable sequence of an epoch; absent when the epoch was never seen.</summary>
    public static Task<long?> LastDurableAsync(WriteSession session, string serverId, string epoch, CancellationToken cancellationToken) =>
        session.Connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            "SELECT last_durable_sequence FROM agent_epochs WHERE server_id = @serverId AND epoch = @epoch",
            new { serverId, epoch },
            session.Transaction,
            cancellationToken: cancellationToken));

    public static Task AdvanceAsync(
        WriteSession session, string serverId, string epoch, long sequence, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            Advance,
            new { serverId, epoch, sequence, now = session.Now.ToUnixMicroseconds() },
            session.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>Notes an urgent report.</summary>
    /// <returns>False when it was noted before.</returns>
    public static async Task<bool> NoteUrgentAsync(
        WriteSession session, string serverId, byte[] reportId, CancellationToken cancellationToken) =>
        await session.Connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO urgent_reports (server_id, report_id, received_time) VALUES (@serverId, @reportId, @now) ON CONFLICT DO NOTHING",
            new { serverId, reportId, now = session.Now.ToUnixMicroseconds() },
            session.Transaction,
            cancellationToken: cancellationToken)) > 0;

    /// <summary>Whether this report came before as an urgent one.</summary>
    public static async Task<bool> WasUrgentAsync(
        WriteSession session, string serverId, byte[] reportId, CancellationToken cancellationToken) =>
        await session.Connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            "SELECT 1 FROM urgent_reports WHERE server_id = @serverId AND report_id = @reportId",
            new { serverId, reportId },
            session.Transaction,
            cancellationToken: cancellationToken)) is not null;
}
