namespace HaiSoft.Controller.Rules.Findings;

/// <summary>What one rule says of one observation.</summary>
/// <param name="Health">The judgement.</param>
/// <param name="Reason">Why, in words for a technician.</param>
/// <param name="Evidence">What it was judged from.</param>
/// <param name="Unambiguous">One such observation suffices; otherwise the state must hold twice (SLA 4.6).</param>
public sealed record Verdict(Health Health, string Reason, IReadOnlyList<Evidence> Evidence, bool Unambiguous = false)
{
    /// <summary>No fault in what was read.</summary>
    public static Verdict Healthy(string reason, params IReadOnlyList<Evidence> evidence) => new(Health.Healthy, reason, evidence);

    /// <summary>Will fail.</summary>
    public static Verdict Degrading(string reason, params IReadOnlyList<Evidence> evidence) => new(Health.Degrading, reason, evidence);

    /// <summary>Failed, when it holds.</summary>
    public static Verdict Failed(string reason, params IReadOnlyList<Evidence> evidence) => new(Health.Failed, reason, evidence);

    /// <summary>Could not be read.</summary>
    public static Verdict Unknown(string reason, params IReadOnlyList<Evidence> evidence) => new(Health.Unknown, reason, evidence);

    /// <summary>This verdict, certain at once.</summary>
    public Verdict AtOnce() => this with { Unambiguous = true };
}
