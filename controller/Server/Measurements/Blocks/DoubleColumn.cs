using System.Numerics;

namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>
/// Doubles by what differs from the one before, as Facebook's Gorilla does (VLDB 2015, section 4.1.2): one bit when nothing
/// differs, else the differing bits, in the window of the last difference where they fit it.
/// </summary>
internal static class DoubleColumn
{
    private const int LeadingBits = 6;
    private const int LengthBits = 6;

    /// <summary>Writes all values.</summary>
    public static void Write(BitWriter output, ReadOnlySpan<double> values)
    {
        ulong last = BitConverter.DoubleToUInt64Bits(values[0]);
        output.WriteUInt64(last);
        int leading = 65;
        int trailing = 0;
        foreach (double value in values[1..])
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(value);
            ulong difference = bits ^ last;
            last = bits;
            if (difference == 0)
            {
                output.WriteBits(0, 1);
                continue;
            }

            int newLeading = BitOperations.LeadingZeroCount(difference);
            int newTrailing = BitOperations.TrailingZeroCount(difference);
            int inWindow = 64 - leading - trailing;
            int alone = LeadingBits + LengthBits + 64 - newLeading - newTrailing;
            if (newLeading >= leading && newTrailing >= trailing && inWindow <= alone)
            {
                output.WriteBits(0b01, 2);
            }
            else
            {
                (leading, trailing) = (newLeading, newTrailing);
                output.WriteBits(0b11, 2);
                output.WriteBits((ulong)leading, LeadingBits);
                output.WriteBits((ulong)(63 - leading - trailing), LengthBits);
            }

            output.WriteBits(difference >> trailing, 64 - leading - trailing);
        }

        output.EndBits();
    }

    /// <summary>Reads as many values as there is room for.</summary>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public static void Read(ByteReader input, Span<double> values)
    {
        ulong last = input.ReadUInt64();
        values[0] = BitConverter.UInt64BitsToDouble(last);
        BitReader bits = new(input.ReadBytes(input.Left));
        int length = 0;
        int trailing = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (bits.ReadBits(1) != 0)
            {
                if (bits.ReadBits(1) != 0)
                {
                    int leading = (int)bits.ReadBits(LeadingBits);
                    length = (int)bits.ReadBits(LengthBits) + 1;
                    trailing = 64 - leading - length;
                }

                if (length == 0 || trailing < 0)
                    throw new BlockDamagedException("A difference of doubles has no place.");
                last ^= bits.ReadBits(length) << trailing;
            }

            values[i] = BitConverter.UInt64BitsToDouble(last);
        }
    }
}
