using System.Buffers.Binary;
using HaiSoft.Protocol.Checksums;

namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>A checksum (CRC-32C) behind stored bytes: the database has none of its own.</summary>
internal static class BlockSeal
{
    /// <summary>The bytes one after the other, and their checksum.</summary>
    public static byte[] Close(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        byte[] closed = new byte[head.Length + body.Length + sizeof(uint)];
        head.CopyTo(closed);
        body.CopyTo(closed.AsSpan(head.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(closed.AsSpan(^sizeof(uint)), Crc32C.Of(closed.AsSpan(..^sizeof(uint))));
        return closed;
    }

    /// <summary>The bytes without their checksum.</summary>
    /// <exception cref="BlockDamagedException">They are not those that were closed.</exception>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> closed)
    {
        if (closed.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(closed[^sizeof(uint)..]) != Crc32C.Of(closed[..^sizeof(uint)]))
            throw new BlockDamagedException("The checksum does not fit.");
        return closed[..^sizeof(uint)];
    }
}
