namespace HaiSoft.Controller.Rules.Sla;

/// <summary>A promise that is timed.</summary>
public enum SlaPromise
{
    /// <summary>A technician begins an intervention (SLA 4.1).</summary>
    Intervention = 1,

    /// <summary>The failed part is replaced (SLA 4.2).</summary>
    Replacement = 2,
}

/// <summary>How a clock stands.</summary>
public enum SlaClockState
{
    /// <summary>It runs and is not due yet.</summary>
    Running = 1,

    /// <summary>It was stopped in time.</summary>
    Met = 2,

    /// <summary>It ran past its due time, whether it was stopped since or not.</summary>
    Breached = 3,
}

/// <summary>One clock as it stands at an instant. Computed from the timeline, never stored (DESIGN 5).</summary>
/// <param name="Promise">Which promise.</param>
/// <param name="State">How it stands.</param>
/// <param name="StartedAt">The detection.</param>
/// <param name="DueAt">When the promise is broken, if it still runs then: stopping at this very instant is in time.</param>
/// <param name="StoppedAt">When what was promised was done; absent while it runs.</param>
public sealed record SlaClock(
    SlaPromise Promise, SlaClockState State, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? StoppedAt)
{
    /// <summary>It was not stopped yet, be it in time or late.</summary>
    public bool Runs => StoppedAt is null;
}
