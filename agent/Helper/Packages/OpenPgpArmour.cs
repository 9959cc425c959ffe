using System.Text;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>OpenPGP's text form (RFC 4880, 6): base64 between two lines, with a checksum.</summary>
internal static class OpenPgpArmour
{
    private const string Begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private const string End = "-----END PGP PUBLIC KEY BLOCK-----";
    private const int LineLength = 64;

    /// <summary>What is inside of each block; the bytes themselves when there is none.</summary>
    public static IEnumerable<byte[]> Open(byte[] file)
    {
        if (file.Length == 0 || (file[0] & 0x80) != 0)
        {
            yield return file;
            yield break;
        }

        var lines = Encoding.ASCII.GetString(file).Split('\n').Select(line => line.Trim()).ToList();
        for (var from = lines.IndexOf(Begin); from >= 0; from = lines.IndexOf(Begin, from + 1))
        {
            // Headers of the block end with an empty line; the checksum's line begins with '='.
            var body = lines.Skip(from + 1).SkipWhile(line => line.Length > 0).TakeWhile(line => line != End && !line.StartsWith('='));
            if (Decode(string.Concat(body)) is { } content)
                yield return content;
        }
    }

    public static string Close(byte[] content)
    {
        var body = Convert.ToBase64String(content).Chunk(LineLength).Select(line => new string(line));
        var sum = Checksum(content);
        byte[] checksum = [(byte)(sum >> 16), (byte)(sum >> 8), (byte)sum];
        return string.Join('\n', [Begin, "", .. body, "=" + Convert.ToBase64String(checksum), End, ""]);
    }

    private static byte[]? Decode(string text)
    {
        var content = new byte[text.Length];
        return Convert.TryFromBase64String(text, content, out var count) ? content[..count] : null;
    }

    private static int Checksum(byte[] content)
    {
        var sum = 0xB704CE;
        foreach (var octet in content)
        {
            sum ^= octet << 16;
            for (var bit = 0; bit < 8; bit++)
            {
                sum <<= 1;
                if ((sum & 0x1000000) != 0)
                    sum ^= 0x1864CFB;
            }
        }

        return sum & 0xFFFFFF;
    }
}
