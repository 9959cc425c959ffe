using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>Sets and clears what is warned of on a server's page. Each key bears one warning at a time.</summary>
internal static class ServerWarnings
{
    /// <summary>Dedicated or virtual: record and agent disagree.</summary>
    public const string Kind = "kind";

    /// <summary>The server's clock is off.</summary>
    public const string Clock = "clock";

    /// <summary>The server's clock was set.</summary>
    public const string ClockStep = "clock-step";

    /// <summary>The agent dropped records.</summary>
    public const string SpoolGap = "spool-gap";

    /// <summary>The agent's spool holds less than was acknowledged.</summary>
    public const string SpoolBack = "spool-back";

    /// <summary>Reports of the agent are set aside.</summary>
    public const string Quarantine = "quarantine";

    /// <summary>A reboot is needed.</summary>
    public const string Reboot = "reboot";

    private const string Upsert = """
        INSERT INTO server_warnings (server_id, warning_key, text, since_time) VALUES (@serverId, @key, @text, @now)
        ON CONFLICT (server_id, warning_key) DO UPDATE SET text = excluded.text WHERE server_warnings.text <> excluded.text
        """;

    public static Task SetAsync(WriteSession session, string serverId, string key, string text, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            Upsert,
            new { serverId, key, text, now = session.Now.ToUnixMicroseconds() },
            session.Transaction,
            cancellationToken: cancellationToken));

    public static Task SetOrClearAsync(
        WriteSession session, string serverId, string key, string? text, CancellationToken cancellationToken) =>
        text is not null
            ? SetAsync(session, serverId, key, text, cancellationToken)
            : session.Connection.ExecuteAsync(new CommandDefinition(
                "DELETE FROM server_warnings WHERE server_id = @serverId AND warning_key = @key",
                new { serverId, key },
                session.Transaction,
                cancellationToken: cancellationToken));
}
