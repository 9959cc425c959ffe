using System.Text.Json;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Findings;

/// <summary>One observation of one component, ready to be judged.</summary>
/// <param name="ComponentId">Stable on its server.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="At">When it was observed, on the controller's clock.</param>
/// <param name="Interval">How often it is observed; zero when nobody said.</param>
internal abstract record Observed(string ComponentId, ComponentKind Kind, string Title, DateTimeOffset At, TimeSpan Interval)
{
    /// <summary>Why the time is not the agent's own; absent when it is (DESIGN 3: bounded and marked).</summary>
    public string? TimeNote { get; init; }

    /// <summary>When, by the agent's own clock; absent for what the controller observed itself.</summary>
    public AgentMoment? Moment { get; init; }

    /// <summary>When it was observed, by every clock.</summary>
    public CorrectedTime Time => new(At, TimeNote, Moment);

    /// <summary>Judges it against what was read before.</summary>
    /// <param name="stored">The stored history; empty for none.</param>
    /// <returns>The verdict, and the history to store.</returns>
    public abstract (Verdict? Verdict, string History) Judge(string stored);
}

/// <summary>An observation with facts.</summary>
/// <param name="ComponentId">Stable on its server.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Interval">How often it is observed.</param>
/// <param name="Facts">What was read.</param>
/// <param name="Rules">Judges the facts.</param>
/// <typeparam name="T">Facts of one kind of component.</typeparam>
internal sealed record Observed<T>(
    string ComponentId,
    ComponentKind Kind,
    string Title,
    DateTimeOffset At,
    TimeSpan Interval,
    T Facts,
    Func<T, History<T>, Verdict?> Rules) : Observed(ComponentId, Kind, Title, At, Interval)
    where T : class
{
    /// <inheritdoc/>
    public override (Verdict? Verdict, string History) Judge(string stored)
    {
        History<T> history = stored.Length == 0 ? new() : JsonSerializer.Deserialize<History<T>>(stored)!;
        return (Rules(Facts, history), JsonSerializer.Serialize(history.With(Facts, At)));
    }
}

/// <summary>An observation whose verdict is known without facts: silence, a part that is gone.</summary>
/// <param name="ComponentId">Stable on its server.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record ObservedVerdict(string ComponentId, ComponentKind Kind, string Title, DateTimeOffset At, Verdict Verdict)
    : Observed(ComponentId, Kind, Title, At, TimeSpan.Zero)
{
    /// <inheritdoc/>
    public override (Verdict? Verdict, string History) Judge(string stored) => (Verdict, stored);
}
