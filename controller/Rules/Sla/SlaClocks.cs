namespace HaiSoft.Controller.Rules.Sla;

/// <summary>Computes the clocks of an incident from its timeline: the same events give the same clocks on any day.</summary>
public static class SlaClocks
{
    /// <summary>
    /// The clocks at an instant; which is due first is first. None when nothing was detected yet. Wall clock throughout:
    /// a change of the clocks makes no hour longer or shorter (SLA 4.1, 4.2).
    /// </summary>
    /// <param name="terms">Every version of the terms; those of the detection hold.</param>
    /// <param name="promises">Which promises the incident carries.</param>
    /// <param name="timeline">What happened; the order does not matter.</param>
    /// <param name="now">The instant to judge at; what happened later is not known yet.</param>
    public static IReadOnlyList<SlaClock> At(
        IReadOnlyList<SlaTerms> terms,
        IReadOnlySet<SlaPromise> promises,
        IEnumerable<TimelineEvent> timeline,
        DateTimeOffset now)
    {
        TimelineEvent[] known = [.. timeline.Where(e => e.OccurredAt <= now)];
        if (First(known, [TimelineEventKind.Detected]) is not { } started)
            return [];
        SlaTerms held = SlaTerms.At(terms, started);
        return [.. promises
            .Select(promise => Judge(promise, started, started + LengthOf(promise, held), First(known, StopsOf(promise)), now))
            .OrderBy(clock => clock.DueAt)
            .ThenBy(clock => clock.Promise)];
    }

    private static SlaClock Judge(
        SlaPromise promise, DateTimeOffset started, DateTimeOffset due, DateTimeOffset? stopped, DateTimeOffset now)
    {
        // A stop that bears an earlier time than the detection (two clocks that disagree) stops at once, never before.
        DateTimeOffset? end = stopped < started ? started : stopped;
        SlaClockState state = (end ?? now) > due ? SlaClockState.Breached
            : end is null ? SlaClockState.Running
            : SlaClockState.Met;
        return new(promise, state, started, due, end);
    }

    private static DateTimeOffset? First(TimelineEvent[] timeline, ReadOnlySpan<TimelineEventKind> kinds)
    {
        DateTimeOffset? first = null;
        foreach (TimelineEvent e in timeline)
        {
            if (kinds.Contains(e.Kind) && (first is null || e.OccurredAt < first))
                first = e.OccurredAt;
        }

        return first;
    }

    private static TimeSpan LengthOf(SlaPromise promise, SlaTerms terms) => promise switch
    {
        SlaPromise.Intervention => terms.Intervention,
        SlaPromise.Replacement => terms.Replacement,
        _ => throw new ArgumentOutOfRangeException(nameof(promise)),
    };

    // Whoever records a replacement or the end of the work has intervened by then at the latest. Recovery by itself
    // stops nothing: the promise is that somebody looks (SLA 4.1).
    private static ReadOnlySpan<TimelineEventKind> StopsOf(SlaPromise promise) => promise switch
    {
        SlaPromise.Intervention =>
            [TimelineEventKind.InterventionBegan, TimelineEventKind.ReplacementRecorded, TimelineEventKind.Resolved],
        SlaPromise.Replacement =>
            [TimelineEventKind.ReplacementRecorded, TimelineEventKind.NewPartSeen, TimelineEventKind.Resolved],
        _ => throw new ArgumentOutOfRangeException(nameof(promise)),
    };
}
