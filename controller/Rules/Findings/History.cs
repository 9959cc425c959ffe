namespace HaiSoft.Controller.Rules.Findings;

/// <summary>What was read of a component before, for rules that judge growth.</summary>
/// <param name="Previous">The last reading before this one; absent for the first.</param>
/// <param name="Baseline">A reading of about a day ago, or the oldest there is; absent for the first.</param>
/// <param name="Next">The reading that becomes the baseline after this one.</param>
/// <typeparam name="T">Facts of one kind of component.</typeparam>
public sealed record History<T>(Reading<T>? Previous = null, Reading<T>? Baseline = null, Reading<T>? Next = null)
    where T : class
{
    private static readonly TimeSpan Span = TimeSpan.FromHours(24);

    /// <summary>The history after a reading: its baseline is between one and two days old once there is as much.</summary>
    public History<T> With(T facts, DateTimeOffset at)
    {
        Reading<T> reading = new(facts, at);
        Reading<T> next = Next ?? reading;
        return at - next.At >= Span
            ? new(reading, next, reading)
            : new(reading, Baseline ?? reading, next);
    }
}

/// <summary>One reading.</summary>
/// <param name="Facts">What was read.</param>
/// <param name="At">When.</param>
/// <typeparam name="T">Facts of one kind of component.</typeparam>
public sealed record Reading<T>(T Facts, DateTimeOffset At)
    where T : class;
