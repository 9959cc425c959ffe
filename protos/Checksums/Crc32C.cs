using System.Numerics;
using System.Runtime.InteropServices;

namespace HaiSoft.Protocol.Checksums;

/// <summary>CRC-32C (Castagnoli), as RFC 3720 defines it: finds damage by chance, proves nothing.</summary>
public static class Crc32C
{
    /// <summary>The checksum of <paramref name="data"/>.</summary>
    /// <param name="data">Any length.</param>
    /// <param name="before">The checksum of what goes before it; 0 when nothing does.</param>
    public static uint Of(ReadOnlySpan<byte> data, uint before = 0)
    {
        uint sum = ~before;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (ulong word in words)
            sum = BitOperations.Crc32C(sum, word);
        foreach (byte rest in data[(words.Length * sizeof(ulong))..])
            sum = BitOperations.Crc32C(sum, rest);
        return ~sum;
    }
}
