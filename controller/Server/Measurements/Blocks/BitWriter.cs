using System.Buffers.Binary;
using System.Text;

namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Bytes and bits, one after the other, in memory that is used again. Bits fill a byte from its lowest one.</summary>
internal sealed class BitWriter
{
    // What was once unusually large gives its memory back.
    private const int MostKept = 1 << 18;

    private byte[] _bytes = new byte[1024];
    private ulong _pending;
    private int _pendingBits;

    /// <summary>Whole bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        (Length, _pending, _pendingBits) = (0, 0, 0);
        if (_bytes.Length > MostKept)
            _bytes = new byte[MostKept];
    }

    /// <summary>Writes the lowest so many bits, 0 to 64; the others must be 0.</summary>
    public void WriteBits(ulong value, int bits)
    {
        if (bits > 32)
        {
            WriteBits((uint)value, 32);
            value >>= 32;
            bits -= 32;
        }

        _pending |= value << _pendingBits;
        _pendingBits += bits;
        if (_pendingBits < 32)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), (uint)_pending);
        Length += sizeof(uint);
        _pending >>= 32;
        _pendingBits -= 32;
    }

    /// <summary>Fills the last byte up with zeros: bytes may follow.</summary>
    public void EndBits()
    {
        for (; _pendingBits > 0; _pendingBits -= 8, _pending >>= 8)
            WriteByte((byte)_pending);
        _pendingBits = 0;
        _pending = 0;
    }

    public void WriteByte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Seven bits in a byte, the lowest first; the highest bit says that more follow.</summary>
    public void WriteVarint(ulong value)
    {
        Span<byte> room = Room(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            room[length++] = (byte)(value | 0x80);
        room[length++] = (byte)value;
        Length += length;
    }

    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), value);
        Length += sizeof(uint);
    }

    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);
        Length += sizeof(ulong);
    }

    /// <summary>UTF-8, its length before it.</summary>
    public void WriteText(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        WriteVarint((ulong)bytes);
        Encoding.UTF8.GetBytes(text, Room(bytes));
        Length += bytes;
    }

    /// <summary>Writes over four bytes that were written before.</summary>
    public void SetUInt32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at, sizeof(uint)), value);

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        return _bytes.AsSpan(Length);
    }
}
