using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Sources;

/// <summary>How one reading of a source of hardware readings went.</summary>
/// <param name="Name">"SMART".</param>
/// <param name="Trouble">Why it could not be read; absent when it could.</param>
public sealed record SourceFacts(string Name, string? Trouble);

/// <summary>Judges sources: what cannot be read for 15 minutes is itself a finding (SLA 4.6), never healthy.</summary>
public static class SourceRules
{
    /// <summary>The verdict on a reading.</summary>
    public static Verdict Judge(SourceFacts now) => now.Trouble is { } why
        ? Verdict.Unknown("source.unreadable", $"{now.Name} cannot be read: {why}", new Evidence("trouble", why))
        : Verdict.Healthy($"{now.Name} could be read");

    /// <summary>The verdict on what was not observed for too long, though the agent is there.</summary>
    public static Verdict NotReadFor(string name, TimeSpan time) => Verdict.Unknown(
        "source.silent", $"{name} was not checked for {(int)time.TotalMinutes} minutes", new Evidence("not read for", $"{(int)time.TotalMinutes} min")).AtOnce();
}
