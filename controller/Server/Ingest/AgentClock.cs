using HaiSoft.Controller.Findings;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Brings an agent's times to the controller's clock. Hello ties the two: within the same boot the time since boot decides,
/// which no step of the wall clock touches; before that boot, the wall clock and the offset measured at Hello (DESIGN 3).
/// </summary>
/// <param name="ReceivedAt">The controller's clock when Hello came.</param>
/// <param name="SentAt">The agent's clock when it sent it.</param>
/// <param name="SentUptime">Time since boot when it sent it.</param>
/// <param name="BootId">The boot that the agent runs in.</param>
internal sealed record AgentClock(DateTimeOffset ReceivedAt, DateTimeOffset SentAt, TimeSpan SentUptime, string BootId)
{
    /// <summary>A clock that is further off than this is shown as a warning.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(2);

    // A Hello is not under way for longer: its connection would have been given up.
    private static readonly TimeSpan LongestWay = TimeSpan.FromMinutes(5);

    /// <summary>What must be added to the agent's wall clock to get the controller's.</summary>
    public TimeSpan Offset => ReceivedAt - SentAt;

    /// <summary>The agent's wall clock is too far off to be trusted.</summary>
    public bool IsOff => Offset.Duration() > Tolerance;

    /// <summary>This as it is kept.</summary>
    public ClockReading Reading => new(ReceivedAt, BootId, SentUptime, Offset);

    /// <summary>The clock after it was set, when an observation shows that it was; absent when it was not.</summary>
    public ClockReading? ReadingAfterStep(DateTimeOffset observedAt, TimeSpan? uptime, string bootId)
    {
        if (uptime is not { } up || bootId != BootId)
            return null;
        TimeSpan gained = observedAt - SentAt - (up - SentUptime);
        return gained.Duration() <= ClockReading.SmallestStep ? null : new(ReceivedAt + (up - SentUptime), BootId, up, Offset - gained);
    }

    /// <summary>When an observation was made, on the controller's clock; never later than its receipt.</summary>
    public CorrectedTime Correct(DateTimeOffset observedAt, TimeSpan? uptime, string bootId, DateTimeOffset receivedAt)
    {
        bool sameBoot = uptime is not null && bootId == BootId;
        DateTimeOffset at = sameBoot ? ReceivedAt + (uptime!.Value - SentUptime) : Shift(observedAt);
        string? note = at > receivedAt + Jitter ? "lies in the future; bounded by the time of receipt"
            : IsOff && !sameBoot ? "the server's clock is off; corrected by what it was off at the last connection"
            : null;
        return new(at < receivedAt ? at : receivedAt, note, MomentOf(uptime, bootId, receivedAt));
    }

    // One that cannot have been yet would make all that follows in this boot look old.
    private AgentMoment? MomentOf(TimeSpan? uptime, string bootId, DateTimeOffset receivedAt) =>
        uptime is null || (bootId == BootId && uptime.Value - SentUptime > receivedAt - ReceivedAt + LongestWay) ? null : new(bootId, uptime.Value);

    private DateTimeOffset Shift(DateTimeOffset observedAt) =>
        DateTimeOffset.FromUnixTimeMilliseconds(0).AddTicks(
            Math.Clamp(observedAt.UtcTicks + Offset.Ticks, DateTimeOffset.UnixEpoch.Ticks, DateTimeOffset.MaxValue.UtcTicks)
            - DateTimeOffset.UnixEpoch.Ticks);
}
