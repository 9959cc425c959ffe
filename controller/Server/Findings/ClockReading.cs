namespace HaiSoft.Controller.Findings;

/// <summary>What a server's clock was, as the controller measured it when its agent spoke.</summary>
/// <param name="MeasuredAt">When, on the controller's clock.</param>
/// <param name="BootId">The boot of the server.</param>
/// <param name="Uptime">Time since that boot, which no step of the wall clock touches.</param>
/// <param name="Offset">What must be added to its wall clock to get the controller's; the way that the message took is part of it.</param>
/// <param name="Step">By how much its wall clock was set since the reading before; absent when it was not.</param>
/// <param name="DriftPpm">How fast its wall clock gains on the controller's, in millionths; absent while that is not known.</param>
internal sealed record ClockReading(
    DateTimeOffset MeasuredAt, string BootId, TimeSpan Uptime, TimeSpan Offset, TimeSpan? Step = null, double? DriftPpm = null)
{
    /// <summary>What is less is no step: a message may be under way for so long.</summary>
    public static readonly TimeSpan SmallestStep = TimeSpan.FromSeconds(2);

    // What differs less says nothing new.
    private static readonly TimeSpan News = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestUntold = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestForDrift = TimeSpan.FromHours(1);

    /// <summary>What the server's own clock said at an instant of the controller's.</summary>
    public DateTimeOffset OwnTimeAt(DateTimeOffset at) => at - Offset;

    /// <summary>This reading with what follows from the one that was kept before.</summary>
    public ClockReading After(ClockReading? before)
    {
        if (before is null || before.BootId != BootId)
            return this;
        // Both clocks run at the same rate within a boot: what one gained on the other was set.
        TimeSpan wall = OwnTimeAt(MeasuredAt) - before.OwnTimeAt(before.MeasuredAt);
        TimeSpan gained = wall - (Uptime - before.Uptime);
        if (gained.Duration() > SmallestStep)
            return this with { Step = gained };
        TimeSpan passed = MeasuredAt - before.MeasuredAt;
        return passed < ShortestForDrift ? this : this with { DriftPpm = (before.Offset - Offset) / passed * 1e6 };
    }

    /// <summary>It says something that the one kept before does not.</summary>
    public bool IsNews(ClockReading? before) =>
        before is null
        || Step is not null
        || before.BootId != BootId
        || (Offset - before.Offset).Duration() > News
        || MeasuredAt - before.MeasuredAt >= LongestUntold;
}
