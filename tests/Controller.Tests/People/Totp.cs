using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using HaiSoft.Controller.Tests.Console;
using Shouldly;

namespace HaiSoft.Controller.Tests.People;

/// <summary>An authenticator application (RFC 6238: HMAC-SHA-1, 30 s, six digits).</summary>
internal static partial class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Now(string secret)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // the algorithm that authenticators speak
        var hash = HMACSHA1.HashData(Bytes(secret), counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xF;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>The secret that the page shows for typing.</summary>
    public static string SecretOf(Answer page)
    {
        var match = Secret().Match(page.Text);
        match.Success.ShouldBeTrue("the page shows no secret");
        return match.Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>The recovery codes that the page shows.</summary>
    public static string[] CodesOf(Answer page)
    {
        string[] codes = [.. Code().Matches(page.Text).Select(m => m.Groups["code"].Value)];
        codes.Length.ShouldBe(10);
        return codes;
    }

    private static byte[] Bytes(string base32)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var c in base32)
        {
            held = ((held << 5) | Base32.IndexOf(c, StringComparison.Ordinal)) & 0xFFFF;
            if ((bits += 5) >= 8)
                bytes.Add((byte)(held >> (bits -= 8)));
        }

        return [.. bytes];
    }

    [GeneratedRegex("""<code class="secret">(?<secret>[A-Z2-7 ]+)</code>""", RegexOptions.NonBacktracking)]
    private static partial Regex Secret();

    [GeneratedRegex("<li><code>(?<code>[^<]+)</code></li>", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
