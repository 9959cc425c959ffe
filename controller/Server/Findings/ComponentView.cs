using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Findings;

/// <summary>Something of a server that has a health.</summary>
/// <param name="ComponentId">Stable on its server: "disk:S3EWNX0K", "array:md0", "service:systemd:mariadb.service".</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is, for people: "Disk SAMSUNG MZ7LH480 S3EWNX0K, slot 0:0".</param>
/// <param name="Health">How well it is.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Evidence">What it was judged from.</param>
/// <param name="ObservedAt">When it was last observed.</param>
/// <param name="Since">Since when it is in this health.</param>
public sealed record ComponentView(
    string ComponentId,
    ComponentKind Kind,
    string Title,
    Health Health,
    string Reason,
    IReadOnlyList<Evidence> Evidence,
    DateTimeOffset ObservedAt,
    DateTimeOffset Since)
{
    /// <summary>A service, not hardware.</summary>
    public bool IsService => Kind == ComponentKind.Service;
}
