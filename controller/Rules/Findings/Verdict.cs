namespace HaiSoft.Controller.Rules.Findings;

/// <summary>What one rule says of one observation.</summary>
/// <param name="Code">Which rule and which case of it, stable: "nvme.read-only". A fault whose code stays the same has not changed.</param>
/// <param name="Health">The judgement.</param>
/// <param name="Reason">Why, in words for a technician.</param>
/// <param name="Evidence">What it was judged from.</param>
public sealed record Verdict(string Code, Health Health, string Reason, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>One such observation suffices; otherwise the state must hold twice (SLA 4.6).</summary>
    public bool Unambiguous { get; init; }

    /// <summary>A repair is under way (an array rebuilds): it ends no fault by itself, and starts none that a clock runs for.</summary>
    public bool Repairing { get; init; }

    /// <summary>No fault in what was read.</summary>
    public static Verdict Healthy(string reason, params IReadOnlyList<Evidence> evidence) => new("", Health.Healthy, reason, evidence);

    /// <summary>Will fail.</summary>
    public static Verdict Degrading(string code, string reason, params IReadOnlyList<Evidence> evidence) =>
        new(code, Health.Degrading, reason, evidence);

    /// <summary>Failed, when it holds.</summary>
    public static Verdict Failed(string code, string reason, params IReadOnlyList<Evidence> evidence) =>
        new(code, Health.Failed, reason, evidence);

    /// <summary>Could not be read.</summary>
    public static Verdict Unknown(string code, string reason, params IReadOnlyList<Evidence> evidence) =>
        new(code, Health.Unknown, reason, evidence);

    /// <summary>This verdict, certain at once.</summary>
    public Verdict AtOnce() => this with { Unambiguous = true };

    /// <summary>The verdict on a component out of those of its rules: the worst counts, all of its kind are told.</summary>
    /// <param name="verdicts">What the rules found; rules that found nothing are left out.</param>
    /// <param name="otherwise">What holds when no rule found anything.</param>
    public static Verdict Worst(IEnumerable<Verdict?> verdicts, Verdict otherwise)
    {
        Verdict[] found = [.. verdicts.OfType<Verdict>().OrderByDescending(v => Severity.Of(v.Health))];
        if (found.Length == 0)
            return otherwise;
        Verdict[] worst = [.. found.Where(v => v.Health == found[0].Health)];
        return new(
            string.Join('+', worst.Select(v => v.Code)),
            found[0].Health,
            string.Join("; ", found.Select(v => v.Reason)),
            [.. found.SelectMany(v => v.Evidence).Distinct()])
        {
            Unambiguous = worst.Any(v => v.Unambiguous),
            Repairing = worst.All(v => v.Repairing),
        };
    }
}
