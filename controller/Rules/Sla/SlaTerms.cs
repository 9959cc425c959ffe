namespace HaiSoft.Controller.Rules.Sla;

/// <summary>What the company promises, from a date on. Contract figures stand here and nowhere else.</summary>
/// <param name="ValidFrom">The first instant at which these terms hold.</param>
/// <param name="Intervention">From detection to the beginning of an intervention, wall clock (SLA 4.1).</param>
/// <param name="Replacement">From detection to the replacement of a failed part, wall clock (SLA 4.2).</param>
public sealed record SlaTerms(DateTimeOffset ValidFrom, TimeSpan Intervention, TimeSpan Replacement)
{
    /// <summary>Every version of the terms, oldest first.</summary>
    public static IReadOnlyList<SlaTerms> All { get; } =
    [
        new(DateTimeOffset.MinValue, Intervention: TimeSpan.FromHours(1), Replacement: TimeSpan.FromHours(4)),
    ];

    /// <summary>The terms that held at an instant: an incident keeps those of its detection.</summary>
    public static SlaTerms At(DateTimeOffset instant) => At(All, instant);

    /// <summary>The version, out of these, that held at an instant.</summary>
    public static SlaTerms At(IReadOnlyList<SlaTerms> versions, DateTimeOffset instant) =>
        versions.Where(terms => terms.ValidFrom <= instant).MaxBy(terms => terms.ValidFrom)
        ?? throw new ArgumentException($"No terms hold at {instant:O}.", nameof(versions));
}
