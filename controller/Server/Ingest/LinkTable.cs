using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Notes which agents are connected, and since when.</summary>
internal static class LinkTable
{
    private static readonly Statement Upsert = new(
        """
        INSERT INTO agent_links (server_id, agent_version, boot_id, configuration_version, clock_offset_microseconds, connected_time)
        VALUES (@server, @version, @boot, @configuration, @offset, @now)
        ON CONFLICT (server_id) DO UPDATE SET agent_version = excluded.agent_version, boot_id = excluded.boot_id,
          configuration_version = excluded.configuration_version,
          clock_offset_microseconds = excluded.clock_offset_microseconds, connected_time = excluded.connected_time,
          disconnected_time = NULL
        """,
        "server",
        "version",
        "boot",
        "configuration",
        "offset",
        "now");

    // Another stream of the same server may have been opened since.
    private static readonly Statement UpdateEnd = new(
        """
        UPDATE agent_links SET disconnected_time = @now, last_report_time = COALESCE(@report, last_report_time)
        WHERE server_id = @server AND connected_time = @connected
        """,
        "now",
        "report",
        "server",
        "connected");

    private static readonly Statement UpdateReport = new(
        "UPDATE agent_links SET last_report_time = @report WHERE server_id = @server AND (last_report_time IS NULL OR last_report_time < @report)",
        "report",
        "server");

    private static readonly Statement UpdateConfiguration = new(
        "UPDATE agent_links SET configuration_version = @version WHERE server_id = @server AND configuration_version <> @version",
        "version",
        "server");

    /// <summary>A stream is open.</summary>
    public static void Connect(WriteSession session, string serverId, Hello hello, AgentClock clock) => Upsert.Execute(
        session,
        serverId,
        hello.AgentVersion,
        hello.BootId,
        hello.ConfigurationVersion,
        (long)clock.Offset.TotalMicroseconds,
        clock.ReceivedAt.ToUnixMicroseconds());

    /// <summary>The stream that was opened then has ended.</summary>
    public static void Disconnect(WriteSession session, string serverId, DateTimeOffset connectedAt, DateTimeOffset? lastReportAt) =>
        UpdateEnd.Execute(
            session, session.Now.ToUnixMicroseconds(), lastReportAt.ToUnixMicroseconds(), serverId, connectedAt.ToUnixMicroseconds());

    /// <summary>Notes the configuration that an agent works by.</summary>
    public static void WorksBy(WriteSession session, string serverId, long configurationVersion) =>
        UpdateConfiguration.Execute(session, configurationVersion, serverId);

    /// <summary>Notes when the last report of a stream that is open came.</summary>
    public static void Heard(WriteSession session, string serverId, DateTimeOffset lastReportAt) =>
        UpdateReport.Execute(session, lastReportAt.ToUnixMicroseconds(), serverId);
}
