using System.Text;

namespace HaiSoft.Agent.Readings.FileSystems;

/// <summary>Mount tables write blank, tab, line break and backslash as a backslash and three octal digits (fstab(5)).</summary>
internal static class OctalEscapes
{
    /// <summary>The text as it was. A backslash that no three octal digits follow stays.</summary>
    public static string Undo(string word)
    {
        if (!word.Contains('\\', StringComparison.Ordinal))
        {
            return word;
        }

        List<byte> bytes = new(word.Length);
        for (ReadOnlySpan<char> rest = word; !rest.IsEmpty;)
        {
            if (rest[0] == '\\' && rest.Length > 3 && Octal(rest[1..4]) is { } value)
            {
                bytes.Add(value);
                rest = rest[4..];
                continue;
            }

            int next = rest[1..].IndexOf('\\');
            ReadOnlySpan<char> plain = next < 0 ? rest : rest[..(next + 1)];
            bytes.AddRange(Encoding.UTF8.GetBytes(plain.ToString()));
            rest = rest[plain.Length..];
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static byte? Octal(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7')
            {
                return null;
            }

            value = (value * 8) + (digit - '0');
        }

        return value <= byte.MaxValue ? (byte)value : null;
    }
}
