namespace HaiSoft.Controller.Rules.Findings;

/// <summary>How far the observations of a component have confirmed its health. Stored between observations.</summary>
/// <param name="Health">What is confirmed; absent before anything is.</param>
/// <param name="Code">The rules that confirmed it; empty when healthy.</param>
/// <param name="Since">The first observation of those that confirmed it.</param>
/// <param name="LastReadAt">The last observation that could be judged; absent before the first.</param>
/// <param name="Waiting">Another health that was observed and is not confirmed yet; absent for none.</param>
public sealed record Confirmation(Health? Health, string Code, DateTimeOffset? Since, DateTimeOffset? LastReadAt, Candidate? Waiting)
{
    /// <summary>Before the first observation.</summary>
    public static Confirmation None { get; } = new(null, "", null, null, null);
}

/// <summary>A health that was observed and is not confirmed yet.</summary>
/// <param name="Health">Which.</param>
/// <param name="FirstAt">Its first observation: the detection, should it be confirmed (SLA 4.6).</param>
/// <param name="Count">How often in a row.</param>
public sealed record Candidate(Health Health, DateTimeOffset FirstAt, int Count);

/// <summary>A health that was just confirmed, or a fault that became another one.</summary>
/// <param name="From">What was confirmed before; absent for nothing.</param>
/// <param name="To">What is confirmed now; the same as before when only the fault's code changed.</param>
/// <param name="At">The first observation of those that confirmed it.</param>
/// <param name="Verdict">The verdict that completed it.</param>
public sealed record ConfirmedChange(Health? From, Health To, DateTimeOffset At, Verdict Verdict);
