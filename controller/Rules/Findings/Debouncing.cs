namespace HaiSoft.Controller.Rules.Findings;

/// <summary>
/// Confirms what is observed (SLA 4.6): a health must be observed twice in a row, or once when it is unambiguous. Its
/// detection is the first observation of those. Recovery is confirmed likewise.
/// </summary>
public static class Debouncing
{
    /// <summary>What cannot be read for so long is itself a finding (SLA 4.6).</summary>
    public static readonly TimeSpan UnreadLimit = TimeSpan.FromMinutes(15);

    private const int Enough = 2;

    /// <summary>Takes one observation in.</summary>
    /// <param name="state">What was known before.</param>
    /// <param name="at">When it was observed; not before the observations that were taken in already.</param>
    /// <param name="verdict">What it says; absent when it could be made and says nothing either way.</param>
    /// <returns>What is known now, and the change that it confirmed; absent for none.</returns>
    public static (Confirmation State, ConfirmedChange? Change) Observe(Confirmation state, DateTimeOffset at, Verdict? verdict)
    {
        if (verdict is null)
            return (state with { LastReadAt = at }, null);
        if (verdict.Health == Health.Unknown)
            return ObserveUnreadable(state, at, verdict);
        Confirmation read = state with { LastReadAt = at };
        Verdict judged = verdict is { Repairing: true } && state.Health == Health.Failed ? verdict with { Health = Health.Failed, Code = state.Code } : verdict;
        return judged.Health == state.Health ? Hold(read, at, judged) : Approach(read, at, judged);
    }

    // The same health again. A fault of another kind is told; it opens nothing new.
    private static (Confirmation, ConfirmedChange?) Hold(Confirmation state, DateTimeOffset at, Verdict verdict)
    {
        Confirmation held = state with { Waiting = null };
        return verdict.Code == state.Code
            ? (held, null)
            : (held with { Code = verdict.Code }, new(state.Health, verdict.Health, at, verdict));
    }

    private static (Confirmation, ConfirmedChange?) Approach(Confirmation state, DateTimeOffset at, Verdict verdict)
    {
        Candidate candidate = state.Waiting is { } waiting && waiting.Health == verdict.Health
            ? waiting with { Count = waiting.Count + 1 }
            : new(verdict.Health, at, 1);
        // What was never seen before and is healthy needs no second look: nothing hangs on it.
        bool first = state.Health is null && verdict.Health == Health.Healthy;
        return first || verdict.Unambiguous || candidate.Count >= Enough
            ? Confirm(state, candidate.FirstAt, verdict)
            : (state with { Waiting = candidate }, null);
    }

    // A single failed read tells nothing; a fault that is confirmed stays so while nobody can look.
    private static (Confirmation, ConfirmedChange?) ObserveUnreadable(Confirmation state, DateTimeOffset at, Verdict verdict)
    {
        if (state.Health is Health.Failed or Health.Unknown)
            return (state.Waiting is null ? state : state with { Waiting = null }, null);
        Candidate candidate = state.Waiting is { Health: Health.Unknown } waiting
            ? waiting with { Count = waiting.Count + 1 }
            : new(Health.Unknown, at, 1);
        bool tooLong = at - (state.LastReadAt ?? candidate.FirstAt) >= UnreadLimit;
        return verdict.Unambiguous || tooLong
            ? Confirm(state, candidate.FirstAt, verdict)
            : (state with { Waiting = candidate }, null);
    }

    private static (Confirmation, ConfirmedChange?) Confirm(Confirmation state, DateTimeOffset since, Verdict verdict) =>
        (state with { Health = verdict.Health, Code = verdict.Code, Since = since, Waiting = null },
            new(state.Health, verdict.Health, since, verdict));
}
