using System.Globalization;
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

    /// <summary>The agent tells of more components than are watched.</summary>
    public const string Components = "components";

    /// <summary>The server refuses the catalogue that is published.</summary>
    public const string Catalogue = "catalogue";

    /// <summary>The server tells of an order that is not its own.</summary>
    public const string ForeignOrder = "foreign-order";

    /// <summary>A reboot is needed.</summary>
    public const string Reboot = "reboot";

    private static readonly Statement Upsert = new(
        """
        INSERT INTO server_warnings (server_id, warning_key, text, since_time) VALUES (@server, @key, @text, @now)
        ON CONFLICT (server_id, warning_key) DO UPDATE SET text = excluded.text WHERE server_warnings.text <> excluded.text
        """,
        "server",
        "key",
        "text",
        "now");

    private static readonly Statement Delete = new(
        "DELETE FROM server_warnings WHERE server_id = @server AND warning_key = @key", "server", "key");

    /// <summary>An operation did not end as it should.</summary>
    public static string Operation(long number) => string.Create(CultureInfo.InvariantCulture, $"operation-{number}");

    public static void Set(WriteSession session, string serverId, string key, string text) =>
        Upsert.Execute(session, serverId, key, text, session.Now.ToUnixMicroseconds());

    public static void SetOrClear(WriteSession session, string serverId, string key, string? text)
    {
        if (text is not null)
            Set(session, serverId, key, text);
        else
            Delete.Execute(session, serverId, key);
    }
}
