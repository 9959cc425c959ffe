using FsCheck;
using FsCheck.Fluent;
using HaiSoft.Controller.Measurements.Blocks;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Measurements;

/// <summary>The values of a series come back bit for bit, in few bytes where they can.</summary>
public sealed class ColumnTests
{
    [Fact]
    public void Any_doubles_come_back_bit_for_bit() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<long[]>(), bits =>
            bits.Length == 0 || IsKept([.. bits.Select(BitConverter.Int64BitsToDouble)])));

    [Fact]
    public void Any_values_of_few_digits_come_back_bit_for_bit() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            Gen.Choose(0, 9).ToArbitrary(),
            (numbers, digits) => numbers.Length == 0 || IsKept([.. numbers.Select(n => n / Math.Pow(10, digits))])));

    [Fact]
    public void Any_whole_numbers_come_back_beside_any_reference() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<(long Value, double Reference)[]>(),
            pairs => pairs.Length == 0 || IsKept([.. pairs.Select(p => (double)p.Value)], [.. pairs.Select(p => p.Reference)])));

    [Theory]
    [InlineData(0.0, -0.0)]
    [InlineData(double.Epsilon, -double.Epsilon)]
    [InlineData(double.MaxValue, double.MinValue)]
    [InlineData(9007199254740992.0, 9007199254740993.0)]
    [InlineData(double.PositiveInfinity, 1.0)]
    [InlineData(0.1, 0.30000000000000004)]
    [InlineData(1e-9, 1e-10)]
    public void Doubles_at_the_edges_come_back_bit_for_bit(double a, double b)
    {
        IsKept([a]).ShouldBeTrue();
        IsKept([a, b]).ShouldBeTrue();
        IsKept([a, a, b, a]).ShouldBeTrue();
    }

    [Fact]
    public void What_stands_still_takes_a_few_bytes() => Written([.. Enumerable.Repeat(67_175_936_000.0, 5000)]).Length.ShouldBeLessThan(9);

    [Fact]
    public void A_counter_that_grows_evenly_takes_a_bit_a_reading() =>
        Written([.. Enumerable.Range(0, 800).Select(i => 5e11 + (i * 9e6))]).Length.ShouldBeLessThan(120);

    [Fact]
    public void Kilobytes_and_hundredths_take_no_room_for_their_unit()
    {
        Random random = new(1);
        int[] steps = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(-50, 50))];
        int bare = Written(Walk(steps, 1, 1)).Length;
        Written(Walk(steps, 4096, 1)).Length.ShouldBeInRange(bare, bare + 8);
        Written(Walk(steps, 1, 100)).Length.ShouldBeInRange(bare - 8, bare + 8);
    }

    private static double[] Walk(int[] steps, double times, double over)
    {
        long at = 100_000;
        return [.. steps.Select(step => (at += step) * times / over)];
    }

    private static bool IsKept(double[] values, double[]? reference = null)
    {
        double[] read = new double[values.Length];
        new ColumnReader().Read(Written(values, reference), read, reference);
        return values.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(read.Select(BitConverter.DoubleToInt64Bits));
    }

    private static byte[] Written(double[] values, double[]? reference = null)
    {
        BitWriter writer = new();
        new ColumnWriter().Write(writer, values, reference);
        return writer.Written.ToArray();
    }
}
