namespace HaiSoft.FleetSimulator.Agents;

/// <summary>How long an agent waits before it dials again: the controller's hint or 0–40 s at first, then full jitter up to 5 min (DESIGN 3).</summary>
/// <param name="Cap">No wait is longer; null leaves it to DESIGN 3.</param>
internal sealed record ReconnectDelay(TimeSpan? Cap)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>The wait.</summary>
    /// <param name="failures">Tries that failed since the last stream that stood; 0 right after a cut.</param>
    /// <param name="hint">What the controller said.</param>
    public TimeSpan Next(int failures, TimeSpan? hint)
    {
        TimeSpan bound = failures == 0 ? hint ?? First : Smaller(Step * Math.Pow(2, Math.Min(failures, 10)), Longest);
        return Smaller(bound, Cap ?? Longest) * Random.Shared.NextDouble();
    }

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
