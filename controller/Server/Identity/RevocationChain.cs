using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// How revocations hang together in their log: one line each, <c>HASH JSON</c>; the hash covers the line's JSON, and the JSON holds the
/// hash before it; the first hangs on the CA's.
/// </summary>
internal static class RevocationChain
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The line of a revocation, without its end, and its hash.</summary>
    public static (string Text, string Hash) LineOf(Revocation revocation, string previous)
    {
        string json = JsonSerializer.Serialize(new Entry(revocation, previous), Json);
        string hash = HashOf(json);
        return ($"{hash} {json}", hash);
    }

    /// <summary>Reads a log as far as it holds.</summary>
    /// <param name="content">The file.</param>
    /// <param name="origin">What its first line hangs on.</param>
    /// <param name="most">Lines to read at most.</param>
    public static RevocationsRead Read(ReadOnlySpan<byte> content, string origin, int most = int.MaxValue)
    {
        int whole = content.LastIndexOf((byte)'\n') + 1;
        string[] lines = Encoding.UTF8.GetString(content[..whole]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        List<Revocation> held = [];
        string head = origin;
        foreach (string line in lines.Take(most))
        {
            if (Take(line, head) is not { } entry)
                return new(held, head, whole, $"line {held.Count + 1} was changed, or does not follow the one before it");
            held.Add(entry.Revocation);
            head = line[..64];
        }

        return new(held, head, whole, "");
    }

    private static Entry? Take(string line, string head)
    {
        if (line.Length < 66 || line[64] != ' ' || HashOf(line[65..]) != line[..64])
            return null;
        try
        {
            return JsonSerializer.Deserialize<Entry>(line[65..], Json) is { } entry && entry.Previous == head ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));

    private sealed record Entry(Revocation Revocation, string Previous);
}

/// <summary>What a log holds.</summary>
/// <param name="Held">Revocations, oldest first, up to the first damage.</param>
/// <param name="Head">The hash of the last that holds.</param>
/// <param name="WholeLength">Bytes up to the last line's end: what follows was never called done.</param>
/// <param name="Damage">What is wrong with it; empty when it is whole.</param>
internal sealed record RevocationsRead(IReadOnlyList<Revocation> Held, string Head, int WholeLength, string Damage);
