using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Console.Servers;

/// <summary>Which servers of the list are shown.</summary>
/// <param name="Show">One of <see cref="Choices"/>.</param>
/// <param name="Text">Must be in name, customer or place; empty for all.</param>
internal sealed record ServerFilter(string Show, string Text)
{
    /// <summary>What can be chosen; the first is the default.</summary>
    public static readonly IReadOnlyList<string> Choices = ["all", "trouble"];

    public static ServerFilter Of(string? show, string? text) => new(Choices.FirstOrDefault(c => c == show, Choices[0]), (text ?? "").Trim());

    /// <summary>Somebody should look at it.</summary>
    public static bool IsInTrouble(ServerView server) =>
        server.Health != Health.Healthy || server.OpenIncidents > 0 || server.Warnings.Count > 0 || server.Presence != Presence.Connected;

    public bool IsNarrow => Show != Choices[0] || Text.Length > 0;

    public bool Shows(ServerView server) =>
        (Show == "all" || IsInTrouble(server))
        && (Text.Length == 0 || new[] { server.Name, server.Customer, server.Place }.Any(f => f.Contains(Text, StringComparison.OrdinalIgnoreCase)));
}
