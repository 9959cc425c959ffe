using System.Buffers.Binary;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>A packet of the OpenPGP format.</summary>
/// <param name="Tag">Its kind.</param>
/// <param name="Body">Without its header.</param>
/// <param name="Whole">With it.</param>
internal sealed record OpenPgpPacket(int Tag, byte[] Body, byte[] Whole)
{
    /// <summary>The packets of some bytes, up to where they are none, or of a length that is not told.</summary>
    public static IEnumerable<OpenPgpPacket> Read(byte[] bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            if (Header(bytes.AsSpan(start)) is not ({ } tag, { } header, { } length) || length > bytes.Length - start - header)
                yield break;
            var end = start + header + (int)length;
            yield return new(tag, bytes[(start + header)..end], bytes[start..end]);
            start = end;
        }
    }

    private static (int Tag, int HeaderBytes, long Length)? Header(ReadOnlySpan<byte> at)
    {
        if (at.Length < 2 || (at[0] & 0x80) == 0)
            return null;
        return (at[0] & 0x40) != 0 ? NewHeader(at, at[0] & 0x3F) : OldHeader(at, (at[0] >> 2) & 0x0F, at[0] & 3);
    }

    private static (int Tag, int HeaderBytes, long Length)? NewHeader(ReadOnlySpan<byte> at, int tag) => at[1] switch
    {
        < 192 => (tag, 2, at[1]),
        < 224 when at.Length >= 3 => (tag, 3, ((at[1] - 192) << 8) + at[2] + 192),
        255 when at.Length >= 6 => (tag, 6, BinaryPrimitives.ReadUInt32BigEndian(at[2..])),
        _ => null,
    };

    private static (int Tag, int HeaderBytes, long Length)? OldHeader(ReadOnlySpan<byte> at, int tag, int kind) => kind switch
    {
        0 => (tag, 2, at[1]),
        1 when at.Length >= 3 => (tag, 3, BinaryPrimitives.ReadUInt16BigEndian(at[1..])),
        2 when at.Length >= 5 => (tag, 5, BinaryPrimitives.ReadUInt32BigEndian(at[1..])),
        _ => null,
    };
}
