using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>How far each agent's spool is durable here, and which reports came before their spool held them.</summary>
internal static class SpoolTable
{
    private static readonly Statement SelectLast = new(
        "SELECT last_durable_sequence FROM agent_epochs WHERE server_id = @server AND epoch = @epoch", "server", "epoch");

    private static readonly Statement SelectOthers = new(
        "SELECT 1 FROM agent_epochs WHERE server_id = @server AND epoch <> @epoch LIMIT 1", "server", "epoch");

    private static readonly Statement InsertEpoch = new(
        "INSERT INTO agent_epochs (server_id, epoch, last_durable_sequence, first_seen_time) VALUES (@server, @epoch, 0, @now)",
        "server",
        "epoch",
        "now");

    private static readonly Statement UpdateLast = new(
        """
        UPDATE agent_epochs SET last_durable_sequence = @sequence, last_report_time = @now
        WHERE server_id = @server AND epoch = @epoch AND last_durable_sequence = @from
        """,
        "sequence",
        "now",
        "server",
        "epoch",
        "from");

    private static readonly Statement InsertUrgent = new(
        """
        INSERT INTO urgent_reports (server_id, report_id, received_time) VALUES (@server, @report, @now)
        ON CONFLICT (server_id, report_id) DO NOTHING
        """,
        "server",
        "report",
        "now");

    private static readonly Statement SelectUrgent = new(
        "SELECT 1 FROM urgent_reports WHERE server_id = @server AND report_id = @report", "server", "report");

    private static readonly Statement SelectAnyUrgent = new("SELECT 1 FROM urgent_reports WHERE server_id = @server LIMIT 1", "server");

    private static readonly Statement DeleteUrgent = new("DELETE FROM urgent_reports WHERE received_time < @before", "before");

    /// <summary>The highest durable sequence of an epoch; absent when the epoch was never seen.</summary>
    public static long? LastDurable(WriteSession session, string serverId, string epoch) => (long?)SelectLast.Find(session, serverId, epoch);

    /// <summary>Whether the server's agent had another spool before.</summary>
    public static bool HasOther(WriteSession session, string serverId, string epoch) => SelectOthers.Find(session, serverId, epoch) is not null;

    /// <summary>An epoch begins, with nothing durable.</summary>
    public static void Begin(WriteSession session, string serverId, string epoch) =>
        InsertEpoch.Execute(session, serverId, epoch, session.Now.ToUnixMicroseconds());

    /// <summary>Everything from one sequence up to another is taken.</summary>
    /// <returns>False when the database is at another than the first.</returns>
    public static bool Advance(WriteSession session, string serverId, string epoch, long from, long sequence) =>
        UpdateLast.Execute(session, sequence, session.Now.ToUnixMicroseconds(), serverId, epoch, from) == 1;

    /// <summary>Notes an urgent report.</summary>
    /// <returns>False when it was noted before.</returns>
    public static bool NoteUrgent(WriteSession session, string serverId, byte[] reportId) =>
        InsertUrgent.Execute(session, serverId, reportId, session.Now.ToUnixMicroseconds()) > 0;

    /// <summary>Whether this report came before as an urgent one.</summary>
    public static bool WasUrgent(WriteSession session, string serverId, byte[] reportId) =>
        SelectUrgent.Find(session, serverId, reportId) is not null;

    /// <summary>Whether the server's agent ever sent one that is still known.</summary>
    public static bool HasUrgent(WriteSession session, string serverId) => SelectAnyUrgent.Find(session, serverId) is not null;

    /// <summary>Forgets the urgent reports that came before an instant.</summary>
    /// <returns>How many.</returns>
    public static int ForgetUrgent(WriteSession session, DateTimeOffset before) => DeleteUrgent.Execute(session, before.ToUnixMicroseconds());
}
