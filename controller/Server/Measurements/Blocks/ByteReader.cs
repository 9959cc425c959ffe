using System.Buffers.Binary;

namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Reads bytes as <see cref="BitWriter"/> wrote them.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Bytes that are still to be read.</summary>
    public readonly int Left => _rest.Length;

    /// <exception cref="BlockDamagedException">There is none.</exception>
    public byte ReadByte() => ReadBytes(1)[0];

    /// <exception cref="BlockDamagedException">There are fewer.</exception>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count < 0 || count > _rest.Length)
            throw new BlockDamagedException("Bytes are missing at the end.");
        ReadOnlySpan<byte> read = _rest[..count];
        _rest = _rest[count..];
        return read;
    }

    /// <exception cref="BlockDamagedException">It does not end, or does not fit 64 bits.</exception>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new BlockDamagedException("A number does not end.");
    }

    /// <exception cref="BlockDamagedException">It is larger.</exception>
    public int ReadVarint(int most)
    {
        ulong value = ReadVarint();
        return value <= (ulong)most ? (int)value : throw new BlockDamagedException($"A number is {value}; at most {most} was expected.");
    }

    /// <summary>The UTF-8 of a text, its length before it.</summary>
    /// <exception cref="BlockDamagedException">There are fewer bytes.</exception>
    public ReadOnlySpan<byte> ReadText() => ReadBytes(ReadVarint(_rest.Length));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(sizeof(ulong)));
}
