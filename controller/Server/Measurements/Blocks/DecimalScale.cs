namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>
/// Values that a source printed with few digits are whole numbers of a unit: 0.37 is 37 hundredths. Whole numbers pack far
/// better than the bits of a double. Only values that come back bit for bit count.
/// </summary>
internal static class DecimalScale
{
    /// <summary>The finest unit that is tried: 10^-9.</summary>
    public const int Finest = 9;

    /// <summary>No unit fits.</summary>
    public const int None = -1;

    // Up to here every whole number is a double of its own.
    private const long Largest = 1L << 53;

    private static readonly double[] Parts = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>The coarsest unit, as a negative power of ten, of which all values are whole numbers; or <see cref="None"/>.</summary>
    /// <param name="values">The values.</param>
    /// <param name="numbers">Gets their numbers of that unit.</param>
    /// <param name="scale">The coarsest unit to try.</param>
    public static int Find(ReadOnlySpan<double> values, Span<long> numbers, int scale = 0)
    {
        int since = 0;
        for (int i = 0; i < values.Length; i++)
        {
            while (!TryNumber(values[i], scale, out numbers[i]))
            {
                if (++scale > Finest)
                    return None;
                since = i;
            }
        }

        return since == 0 || TryNumbers(values[..since], numbers, scale) ? scale : None;
    }

    /// <summary>Counts values in a unit.</summary>
    /// <returns>False when one of them is no whole number of it.</returns>
    public static bool TryNumbers(ReadOnlySpan<double> values, Span<long> numbers, int scale)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!TryNumber(values[i], scale, out numbers[i]))
                return false;
        }

        return true;
    }

    /// <summary>The value of a number of units.</summary>
    /// <exception cref="BlockDamagedException">The number is larger than any that is written.</exception>
    public static double Value(long number, int scale) =>
        number is >= -Largest and <= Largest ? number / Parts[scale] : throw new BlockDamagedException("A value is larger than any that is written.");

    private static bool TryNumber(double value, int scale, out long number)
    {
        double units = Math.Round(value * Parts[scale]);
        number = 0;
        if (!(Math.Abs(units) <= Largest))
            return false;
        number = (long)units;
        return BitConverter.DoubleToInt64Bits(number / Parts[scale]) == BitConverter.DoubleToInt64Bits(value);
    }
}
