using System.Numerics;

namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>
/// Writes numbers in about as many bits as they have (Rice's code): the upper bits as a count of zeros, the lower ones as
/// they are. How many are lower follows the mean of the numbers before, so that calm and restless stretches both stay small.
/// </summary>
internal struct RiceCode
{
    /// <summary>Bits that the first parameter takes in a stream.</summary>
    public const int StartBits = 6;

    // A longer count of zeros says that the whole number follows, with its length.
    private const int Escape = 23;
    private const int LengthBits = 6;

    // The mean is kept in so many parts, and each number moves it by one of them.
    private const int Window = 4;
    private const ulong LargestInMean = 1UL << 56;

    private ulong _mean;

    /// <summary>Begins with numbers of about this size.</summary>
    /// <param name="start">The length of a usual number, in bits: 0 to 63.</param>
    public RiceCode(int start) => _mean = Math.Min(1UL << start, LargestInMean) << Window >> 1;

    /// <summary>A good start for these numbers.</summary>
    public static int Start(ReadOnlySpan<ulong> numbers)
    {
        double sum = 0;
        foreach (ulong number in numbers[..Math.Min(numbers.Length, 1 << Window)])
            sum += number;
        return sum == 0 ? 0 : Math.Clamp((int)Math.Log2((sum / Math.Min(numbers.Length, 1 << Window)) + 1) + 1, 0, 63);
    }

    public void Write(BitWriter writer, ulong number)
    {
        int lower = Lower;
        ulong upper = number >> lower;
        if (upper < Escape)
        {
            writer.WriteBits(1UL << (int)upper, (int)upper + 1);
            writer.WriteBits(number & ((1UL << lower) - 1), lower);
        }
        else
        {
            int length = 64 - BitOperations.LeadingZeroCount(number);
            writer.WriteBits(1UL << Escape, Escape + 1);
            writer.WriteBits((ulong)length - 1, LengthBits);
            writer.WriteBits(number, length);
        }

        Learn(number);
    }

    /// <exception cref="BlockDamagedException">There is none.</exception>
    public ulong Read(ref BitReader reader)
    {
        int lower = Lower;
        int upper = reader.ReadZeros(Escape);
        ulong number = upper < Escape
            ? ((ulong)upper << lower) | reader.ReadBits(lower)
            : reader.ReadBits((int)reader.ReadBits(LengthBits) + 1);
        Learn(number);
        return number;
    }

    private readonly int Lower => 64 - BitOperations.LeadingZeroCount((_mean >> Window) * 11 >> 4);

    private void Learn(ulong number) => _mean += Math.Min(number, LargestInMean) - (_mean >> Window);
}
