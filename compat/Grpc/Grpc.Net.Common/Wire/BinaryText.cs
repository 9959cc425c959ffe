using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Grpc.Net.Wire;

/// <summary>The value of a <c>-bin</c> header: base64, sent without padding, read with or without.</summary>
internal static class BinaryText
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        text = text.Trim(' ').TrimEnd('=');
        if (text.Length % 4 == 1 || text.ContainsAny(' ', '\t'))
        {
            return false;
        }

        var padded = string.Concat(text, "==".AsSpan(0, (4 - (text.Length % 4)) % 4));
        var buffer = new byte[padded.Length / 4 * 3];
        if (!Ascii.IsValid(padded) || !Convert.TryFromBase64String(padded, buffer, out var written))
        {
            return false;
        }

        bytes = buffer.AsSpan(0, written).ToArray();
        return true;
    }
}
