using System.Data.Common;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>Forgets the spools of agents that cannot matter any more.</summary>
internal static class EpochTable
{
    /// <summary>The newest of a server that stay in any case: an agent has one, and begins another when it lost its disk or was copied.</summary>
    public const int KeptOfServer = 64;

    /// <summary>The most that one transaction forgets: others wait for it.</summary>
    public const int LargestTurn = 500;

    private static readonly Statement SelectCrowded = new(
        "SELECT server_id FROM agent_epochs GROUP BY server_id HAVING COUNT(*) > @kept", "kept");

    private static readonly Statement SelectOld = new(
        """
        SELECT epoch FROM
          (SELECT epoch, last_report_time, ROW_NUMBER() OVER (ORDER BY COALESCE(last_report_time, first_seen_time) DESC, epoch) AS place
            FROM agent_epochs WHERE server_id = @server) AS epochs
        WHERE place > @kept AND (last_report_time IS NULL OR last_report_time < @before)
        ORDER BY place DESC LIMIT @most
        """,
        "server",
        "kept",
        "before",
        "most");

    private static readonly Statement Delete = new("DELETE FROM agent_epochs WHERE server_id = @server AND epoch = @epoch", "server", "epoch");

    /// <summary>The servers whose agents told more epochs than are kept.</summary>
    public static IReadOnlyList<string> Crowded(WriteSession session)
    {
        using DbDataReader rows = SelectCrowded.Read(session, (long)KeptOfServer);
        return Texts(rows);
    }

    /// <summary>Forgets epochs of a server that are none of the newest, and of which no report came since an instant.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="serverId">The server.</param>
    /// <param name="before">The instant.</param>
    /// <param name="positions">Those on which streams are open, which stay.</param>
    /// <returns>Whether there may be more.</returns>
    public static bool Forget(WriteSession session, string serverId, DateTimeOffset before, SpoolPositions positions)
    {
        List<string> old = Old(session, serverId, before);
        foreach (string epoch in old.Where(epoch => !positions.IsHeld(serverId, epoch)))
            Delete.Execute(session, serverId, epoch);
        return old.Count == LargestTurn;
    }

    private static List<string> Old(WriteSession session, string serverId, DateTimeOffset before)
    {
        using DbDataReader rows = SelectOld.Read(session, serverId, (long)KeptOfServer, before.ToUnixMicroseconds(), (long)LargestTurn);
        return Texts(rows);
    }

    private static List<string> Texts(DbDataReader rows)
    {
        List<string> texts = [];
        while (rows.Read())
            texts.Add(rows.GetString(0));
        return texts;
    }
}
