using System.Data.Common;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>Reports that were set aside, bounded for each server.</summary>
internal static class QuarantineTable
{
    /// <summary>Reports of one server that are kept.</summary>
    public const int MostReports = 100;

    /// <summary>Bytes of them.</summary>
    public const long MostBytes = 4 << 20;

    private static readonly Statement Insert = new(
        """
        INSERT INTO quarantined_reports (server_id, number, epoch, sequence, report_kind, received_time, reason, report)
        VALUES (@server, @number, @epoch, @sequence, @kind, @received, @reason, @report)
        """,
        "server",
        "number",
        "epoch",
        "sequence",
        "kind",
        "received",
        "reason",
        "report");

    private static readonly Statement SelectNewest = new("SELECT MAX(number) FROM quarantined_reports WHERE server_id = @server", "server");

    private static readonly Statement SelectSizes = new(
        "SELECT number, length(report) FROM quarantined_reports WHERE server_id = @server ORDER BY number DESC", "server");

    private static readonly Statement DeleteOldest = new(
        "DELETE FROM quarantined_reports WHERE server_id = @server AND number < @number", "server", "number");

    private static readonly Statement DeleteBefore = new("DELETE FROM quarantined_reports WHERE received_time < @before", "before");

    /// <summary>Adds a report; the oldest go that there is no room for beside it.</summary>
    public static QuarantineFill Add(
        WriteSession session, string serverId, string epoch, long sequence, string kind, DateTimeOffset receivedAt, string reason, byte[] report)
    {
        long number = ((long?)SelectNewest.Find(session, serverId) ?? 0) + 1;
        Insert.Execute(session, serverId, number, epoch, sequence, kind, receivedAt.ToUnixMicroseconds(), reason, report);
        long oldest = OldestKept(session, serverId);
        DeleteOldest.Execute(session, serverId, oldest);
        return new(number, number - oldest + 1);
    }

    /// <summary>Forgets what came before an instant.</summary>
    public static int ForgetBefore(WriteSession session, DateTimeOffset before) => DeleteBefore.Execute(session, before.ToUnixMicroseconds());

    private static long OldestKept(WriteSession session, string serverId)
    {
        using DbDataReader rows = SelectSizes.Read(session, serverId);
        (long oldest, long bytes, int count) = (long.MaxValue, 0, 0);
        while (rows.Read() && count++ < MostReports)
        {
            bytes += Convert.ToInt64(rows.GetValue(1), provider: null);
            if (bytes > MostBytes)
                break;
            oldest = rows.GetInt64(0);
        }

        return oldest;
    }
}

/// <summary>How many reports of a server were set aside.</summary>
/// <param name="Ever">Since the first that is remembered.</param>
/// <param name="Kept">Those that are still there.</param>
internal readonly record struct QuarantineFill(long Ever, long Kept);
