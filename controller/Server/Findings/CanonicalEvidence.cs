using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Findings;

/// <summary>Evidence as it is stored and hashed: a JSON array of [name, value], in the order in which the rule gave it.</summary>
internal static class CanonicalEvidence
{
    /// <summary>The stored form; empty for none.</summary>
    public static string Write(IReadOnlyList<Evidence> evidence) =>
        evidence.Count == 0 ? "" : JsonSerializer.Serialize(evidence.Select(e => new[] { e.Name, e.Value }));

    /// <summary>The evidence of a stored form.</summary>
    public static IReadOnlyList<Evidence> Read(string stored) =>
        stored.Length == 0 ? [] : [.. JsonSerializer.Deserialize<string[][]>(stored)!.Select(pair => new Evidence(pair[0], pair[1]))];

    /// <summary>SHA-256 of the stored form, in hexadecimal; empty for none.</summary>
    public static string HashOf(string stored) =>
        stored.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored)));
}
