using System.Buffers.Binary;
using System.Numerics;

namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Reads bits as <see cref="BitWriter"/> wrote them.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private ulong _pending;
    private int _pendingBits;
    private int _next;

    /// <summary>The next so many bits, 0 to 64.</summary>
    /// <exception cref="BlockDamagedException">There are fewer.</exception>
    public ulong ReadBits(int bits)
    {
        if (bits > 32)
            return ReadBits(32) | (ReadBits(bits - 32) << 32);
        if (_pendingBits < bits)
            Fill(bits);
        ulong value = _pending & ((1UL << bits) - 1);
        _pending >>= bits;
        _pendingBits -= bits;
        return value;
    }

    /// <summary>How many zeros stand before the next one, which is read too.</summary>
    /// <exception cref="BlockDamagedException">There are more than so many, or no one.</exception>
    public int ReadZeros(int most)
    {
        if (_pendingBits <= most)
            Fill(1);
        int zeros = BitOperations.TrailingZeroCount(_pending);
        if (zeros > most || zeros >= _pendingBits)
            throw new BlockDamagedException("A number is longer than any that is written.");
        _pending >>= zeros + 1;
        _pendingBits -= zeros + 1;
        return zeros;
    }

    private void Fill(int needed)
    {
        if (_bytes.Length - _next >= sizeof(ulong))
        {
            // What does not fit whole is read again by the next fill: the same bits, at the same place.
            _pending |= BinaryPrimitives.ReadUInt64LittleEndian(_bytes[_next..]) << _pendingBits;
            int whole = (63 - _pendingBits) >> 3;
            _next += whole;
            _pendingBits += whole << 3;
            return;
        }

        for (; _pendingBits <= 56 && _next < _bytes.Length; _pendingBits += 8)
            _pending |= (ulong)_bytes[_next++] << _pendingBits;
        if (_pendingBits < needed)
            throw new BlockDamagedException("Bits are missing at the end.");
    }
}
