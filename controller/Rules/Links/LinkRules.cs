using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Links;

/// <summary>One reading of a network link.</summary>
/// <param name="Name">The kernel's name.</param>
/// <param name="Enabled">Administratively up.</param>
/// <param name="Carrier">The carrier is there; absent when the link is not enabled.</param>
/// <param name="Bond">The bond that it belongs to; absent for none.</param>
/// <param name="Physical">A device with a bus address.</param>
public sealed record LinkFacts(string Name, bool Enabled, bool? Carrier, string? Bond, bool Physical);

/// <summary>Judges one reading of a link.</summary>
public static class LinkRules
{
    /// <summary>The verdict.</summary>
    public static Verdict Judge(LinkFacts now, History<LinkFacts> history) =>
        CarrierLost.Judge(now, history)
        ?? Verdict.Healthy(now switch
        {
            { Enabled: false } => "Switched off",
            { Carrier: true } => "The carrier is there",
            _ => "No cable was ever seen",
        });

    /// <summary>The link for people.</summary>
    public static string TitleOf(LinkFacts link) => $"Link {link.Name}";
}
