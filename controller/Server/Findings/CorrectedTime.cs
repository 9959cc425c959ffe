namespace HaiSoft.Controller.Findings;

/// <summary>When something was observed.</summary>
/// <param name="At">On the controller's clock: what clocks, incidents and pages go by.</param>
/// <param name="Note">Why it is not simply the agent's own, for the evidence; absent when it is.</param>
/// <param name="Moment">By the agent's own clock, which alone orders its observations; absent for what the controller observed itself.</param>
internal readonly record struct CorrectedTime(DateTimeOffset At, string? Note = null, AgentMoment? Moment = null)
{
    /// <summary>So much earlier, by both clocks.</summary>
    public CorrectedTime Before(TimeSpan age) =>
        this with { At = At - age, Moment = Moment is { } moment ? moment with { Uptime = moment.Uptime - age } : null };
}

/// <summary>
/// A moment by a server's own clock. Within a boot nothing touches it: no step of the wall clock, and no network that held up
/// a Hello, by which corrected times of one stream are too late and those of the next look older.
/// </summary>
/// <param name="BootId">The boot of the server.</param>
/// <param name="Uptime">Time since that boot.</param>
internal readonly record struct AgentMoment(string BootId, TimeSpan Uptime);
