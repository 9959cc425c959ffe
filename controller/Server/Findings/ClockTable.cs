using System.Data.Common;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Findings;

/// <summary>Keeps what servers' clocks were.</summary>
internal static class ClockTable
{
    /// <summary>The most steps of a server that are kept, the newest.</summary>
    public const int MostSteps = 100;

    /// <summary>The most readings of a server that are kept, the newest: two a day, and room for steps and restarts.</summary>
    public const int MostReadings = 1000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private static readonly Statement SelectAt = new(
        """
        SELECT measured_time, boot_id, uptime_microseconds, offset_microseconds, step_microseconds, drift_ppm FROM agent_clocks
        WHERE server_id = @server AND measured_time <= @at ORDER BY measured_time DESC LIMIT 1
        """,
        "server",
        "at");

    private static readonly Statement SelectStep = new(
        """
        SELECT step_microseconds FROM agent_clocks
        WHERE server_id = @server AND measured_time > @since AND step_microseconds IS NOT NULL ORDER BY measured_time DESC LIMIT 1
        """,
        "server",
        "since");

    private static readonly Statement Insert = new(
        """
        INSERT INTO agent_clocks (server_id, measured_time, boot_id, uptime_microseconds, offset_microseconds, step_microseconds, drift_ppm)
        VALUES (@server, @at, @boot, @uptime, @offset, @step, @drift) ON CONFLICT (server_id, measured_time) DO NOTHING
        """,
        "server",
        "at",
        "boot",
        "uptime",
        "offset",
        "step",
        "drift");

    private static readonly Statement DeleteOld = new(
        "DELETE FROM agent_clocks WHERE server_id = @server AND measured_time < @before", "server", "before");

    // However often a clock is set: an agent can tell a step with each message.
    private static readonly Statement DeleteSteps = new(
        """
        DELETE FROM agent_clocks WHERE server_id = @server AND step_microseconds IS NOT NULL AND measured_time <
          (SELECT measured_time FROM agent_clocks WHERE server_id = @server AND step_microseconds IS NOT NULL
            ORDER BY measured_time DESC LIMIT 1 OFFSET @others)
        """,
        "server",
        "others");

    private static readonly Statement DeleteMany = new(
        """
        DELETE FROM agent_clocks WHERE server_id = @server AND measured_time <
          (SELECT measured_time FROM agent_clocks WHERE server_id = @server ORDER BY measured_time DESC LIMIT 1 OFFSET @others)
        """,
        "server",
        "others");

    /// <summary>Notes a reading, if it says something new.</summary>
    /// <returns>The reading, with the step and the drift that it shows.</returns>
    public static ClockReading Note(WriteSession session, string serverId, ClockReading reading)
    {
        ClockReading? before = At(session, serverId, reading.MeasuredAt);
        reading = reading.After(before);
        if (!reading.IsNews(before))
            return reading;
        Insert.Execute(
            session,
            serverId,
            reading.MeasuredAt.ToUnixMicroseconds(),
            reading.BootId,
            (long)reading.Uptime.TotalMicroseconds,
            (long)reading.Offset.TotalMicroseconds,
            (long?)reading.Step?.TotalMicroseconds,
            reading.DriftPpm);
        DeleteOld.Execute(session, serverId, (session.Now - Kept).ToUnixMicroseconds());
        DeleteSteps.Execute(session, serverId, MostSteps - 1L);
        DeleteMany.Execute(session, serverId, MostReadings - 1L);
        return reading;
    }

    /// <summary>The last reading up to an instant; absent when there is none.</summary>
    public static ClockReading? At(WriteSession session, string serverId, DateTimeOffset at)
    {
        using DbDataReader row = SelectAt.Read(session, serverId, at.ToUnixMicroseconds());
        return row.Read() ? ReadFrom(row) : null;
    }

    /// <summary>By how much the clock was set last since an instant; absent when it was not.</summary>
    public static TimeSpan? StepSince(WriteSession session, string serverId, DateTimeOffset since) =>
        SelectStep.Find(session, serverId, since.ToUnixMicroseconds()) is long step ? TimeSpan.FromMicroseconds(step) : null;

    private static ClockReading ReadFrom(DbDataReader row) => new(
        row.GetInt64(0).FromUnixMicroseconds(),
        row.GetString(1),
        TimeSpan.FromMicroseconds(row.GetInt64(2)),
        TimeSpan.FromMicroseconds(row.GetInt64(3)),
        row.IsDBNull(4) ? null : TimeSpan.FromMicroseconds(row.GetInt64(4)),
        row.IsDBNull(5) ? null : row.GetDouble(5));
}
