using System.Numerics;

namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Turns numbers into smaller ones: differences, in the largest unit that all of them are multiples of.</summary>
internal static class NumberOrders
{
    /// <summary>Numbers that are written of so many.</summary>
    public static int CountOf(NumberOrder order, int count) => order is NumberOrder.Change or NumberOrder.ChangeOfChange ? count - 1 : count;

    /// <summary>The order whose numbers are the shortest.</summary>
    public static NumberOrder Choose(ReadOnlySpan<long> numbers, ReadOnlySpan<long> reference)
    {
        long lowest = numbers[0];
        foreach (long number in numbers)
            lowest = Math.Min(lowest, number);
        long level = Length((ulong)(numbers[0] - lowest));
        long changes = 0;
        long changesOfChange = 0;
        long change = 0;
        for (int i = 1; i < numbers.Length; i++)
        {
            long next = numbers[i] - numbers[i - 1];
            level += Length((ulong)(numbers[i] - lowest));
            changes += Length(ZigZag.Fold(next));
            changesOfChange += Length(ZigZag.Fold(next - change));
            change = next;
        }

        long fromReference = reference.IsEmpty ? long.MaxValue : 0;
        for (int i = 0; i < reference.Length; i++)
            fromReference += Length(ZigZag.Fold(numbers[i] - reference[i]));
        long least = Math.Min(Math.Min(level, changes), Math.Min(changesOfChange, fromReference));
        return least == fromReference ? NumberOrder.Reference
            : least == level ? NumberOrder.Level
            : least == changes ? NumberOrder.Change
            : NumberOrder.ChangeOfChange;
    }

    /// <summary>Makes the numbers to be written.</summary>
    /// <param name="order">Which.</param>
    /// <param name="numbers">At least one.</param>
    /// <param name="reference">As many, where the order needs them.</param>
    /// <param name="folded">Gets them.</param>
    /// <param name="start">The number to begin from.</param>
    /// <param name="unit">What each has been divided by.</param>
    public static void Fold(
        NumberOrder order, ReadOnlySpan<long> numbers, ReadOnlySpan<long> reference, Span<ulong> folded, out long start, out ulong unit)
    {
        start = order switch { NumberOrder.Level => Lowest(numbers), NumberOrder.Reference => 0, _ => numbers[0] };
        long change = 0;
        unit = 0;
        for (int i = 0; i < folded.Length; i++)
        {
            long difference = order switch
            {
                NumberOrder.Level => numbers[i] - start,
                NumberOrder.Reference => numbers[i] - reference[i],
                _ => numbers[i + 1] - numbers[i],
            };
            if (order == NumberOrder.ChangeOfChange)
                (difference, change) = (difference - change, difference);
            folded[i] = (ulong)difference;
            if (unit != 1)
                unit = Common(unit, (ulong)Math.Abs(difference));
        }

        unit = Math.Max(unit, 1);
        for (int i = 0; i < folded.Length; i++)
        {
            long difference = unit == 1 ? (long)folded[i] : (long)folded[i] / (long)unit;
            folded[i] = order == NumberOrder.Level ? (ulong)difference : ZigZag.Fold(difference);
        }
    }

    /// <summary>Takes the numbers back from what was written.</summary>
    public static void Unfold(
        NumberOrder order, ReadOnlySpan<ulong> folded, ReadOnlySpan<long> reference, long start, ulong unit, Span<long> numbers)
    {
        long number = start;
        long change = 0;
        int first = numbers.Length - folded.Length;
        if (first == 1)
            numbers[0] = start;
        for (int i = 0; i < folded.Length; i++)
        {
            long difference = (order == NumberOrder.Level ? (long)folded[i] : ZigZag.Unfold(folded[i])) * (long)unit;
            number = order switch
            {
                NumberOrder.Level => start + difference,
                NumberOrder.Reference => reference[i] + difference,
                NumberOrder.Change => number + difference,
                _ => number + (change += difference),
            };
            numbers[first + i] = number;
        }
    }

    private static long Lowest(ReadOnlySpan<long> numbers)
    {
        long lowest = numbers[0];
        foreach (long number in numbers)
            lowest = Math.Min(lowest, number);
        return lowest;
    }

    // Euclid's; most units are powers of two, or found at the first look.
    private static ulong Common(ulong a, ulong b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }

    private static int Length(ulong number) => 64 - BitOperations.LeadingZeroCount(number);
}
