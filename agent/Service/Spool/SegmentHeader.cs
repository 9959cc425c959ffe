using System.Buffers.Binary;
using System.Text;
using HaiSoft.Protocol.Checksums;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// The first 64 bytes of a segment, little-endian: "HSSEG001", the epoch in 32 characters, the sequence before its first
/// record (8), the segment that it continues (4), the shift of sequences (8), CRC-32C of all that (4).
/// </summary>
/// <param name="Epoch">The life of the spool.</param>
/// <param name="After">The highest sequence given before this segment was begun: survives when no record does.</param>
/// <param name="Source">The ordinal of the segment of the epoch before whose records it holds; 0 for none.</param>
/// <param name="Shift">What the sequences of the epoch before are above those of this one.</param>
internal sealed record SegmentHeader(string Epoch, long After, long Source = 0, long Shift = 0)
{
    public const int Length = 64;

    private const int EpochLength = 32;

    private static ReadOnlySpan<byte> Magic => "HSSEG001"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        Encoding.ASCII.GetBytes(Epoch, bytes.AsSpan(8));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), After);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(48), (uint)Source);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(52), Shift);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Crc32C.Of(bytes.AsSpan(0, 60)));
        return bytes;
    }

    /// <summary>The header of a segment; <c>null</c> when it is not one, or damaged.</summary>
    public static SegmentHeader? Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < Length
            || !source.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[60..]) != Crc32C.Of(source[..60]))
        {
            return null;
        }

        return new SegmentHeader(
            Encoding.ASCII.GetString(source.Slice(8, EpochLength)),
            BinaryPrimitives.ReadInt64LittleEndian(source[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[52..]));
    }
}
