using System.Buffers;
using System.Text;

namespace Grpc.Net.Wire;

/// <summary>The value of <c>grpc-message</c>: UTF-8, with each byte outside of printable ASCII, and '%', as %XX.</summary>
internal static class PercentText
{
    private const string Hex = "0123456789ABCDEF";

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(character => character != '%')]);

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(Hex[octet >> 4]).Append(Hex[octet & 15]);
            }
        }

        return encoded.ToString();
    }

    /// <summary>Never fails: what is no valid escape stays as it is, what is no UTF-8 is replaced.</summary>
    public static string Decode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var octets = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                octets[length++] = (byte)((Convert.ToInt32(text.Substring(i + 1, 2), 16)) & 0xFF);
                i += 2;
            }
            else if (text[i] <= 0xFF)
            {
                // Headers arrive as Latin-1: one character is one byte as it was sent.
                octets[length++] = (byte)text[i];
            }
            else
            {
                length += Encoding.UTF8.GetBytes(text.AsSpan(i, 1), octets.AsSpan(length));
            }
        }

        return Encoding.UTF8.GetString(octets, 0, length);
    }
}
