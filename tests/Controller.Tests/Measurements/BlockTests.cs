using FsCheck;
using FsCheck.Fluent;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Rollups;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Measurements;

/// <summary>Blocks and roll-ups give back what they were made of, and say so when they cannot.</summary>
public sealed class BlockTests
{
    [Fact]
    public void Any_readings_at_any_instants_come_back_in_order_and_once() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<(uint Time, byte Series, long Bits)[]>(), readings =>
        {
            (long Time, int Series, double Value)[] wanted =
            [
                .. readings.Select(r => ((long)r.Time * 1000, r.Series + 1, BitConverter.Int64BitsToDouble(r.Bits)))
                    .Where(r => !double.IsNaN(r.Item3)),
            ];
            if (wanted.Length == 0)
                return true;
            ReadingTable table = new();
            foreach ((long time, int series, double value) in wanted)
                table.Set(table.AddRow(time), table.ColumnOf(series), value);
            table.Order();
            ReadingTable read = Read(new BlockWriter().Write(table, 0, table.Rows));
            Dictionary<(long, int), long> last = [];
            foreach ((long time, int series, double value) in wanted)
                last[(time, series)] = BitConverter.DoubleToInt64Bits(value);
            return All(read).OrderBy(r => r).SequenceEqual(last.Select(p => (p.Key.Item1, p.Key.Item2, p.Value)).OrderBy(r => r));
        }));

    [Fact]
    public void One_series_is_read_without_the_others_and_has_gaps_where_it_was_not_read()
    {
        BlockReader reader = new();
        reader.Open(Sample());
        double[] values = new double[reader.Count];
        reader.TryRead(3, values).ShouldBeTrue();
        values.Count(double.IsNaN).ShouldBe(40);
        values[2].ShouldBe(6);
        reader.TryRead(4, values).ShouldBeFalse();
        reader.Series.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_block_with_any_flipped_byte_is_refused()
    {
        byte[] block = Sample();
        for (int at = 0; at < block.Length; at++)
        {
            byte[] flipped = [.. block];
            flipped[at] ^= 1;
            Should.Throw<BlockDamagedException>(() => Read(flipped), $"byte {at}");
            Should.Throw<BlockDamagedException>(() => new BlockReader().Open(block.AsMemory(0, at)), $"{at} bytes");
        }
    }

    [Fact]
    public void Damage_that_the_checksum_misses_never_ends_in_anything_but_a_refusal() => Mutate(seeds: 3_000);

    [Fact]
    [Trait("Category", "Soak")]
    public void Damage_that_the_checksum_misses_never_ends_in_anything_but_a_refusal_however_often() => Mutate(seeds: 2_000_000);

    private static void Mutate(int seeds)
    {
        byte[] block = Sample()[..^4];
        byte[] rollup = SampleRollup()[..^4];
        for (int seed = 0; seed < seeds; seed++)
        {
            Random random = new(seed);
            Try(() => ReadBare(Mutated(block, random)), seed);
            Try(() => ReadBareRollup(Mutated(rollup, random)), seed);
        }
    }

    private static void Try(Action read, int seed)
    {
        try
        {
            read();
        }
        catch (BlockDamagedException)
        {
            // What it should say.
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.GetType().Name}", e);
        }
    }

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        byte[] mutated = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
        for (int i = random.Next(1, 6); i > 0 && mutated.Length > 0; i--)
            mutated[random.Next(3) == 0 ? random.Next(Math.Min(16, mutated.Length)) : random.Next(mutated.Length)] = (byte)random.Next(256);
        return mutated;
    }

    private static ReadingTable Read(byte[] block)
    {
        BlockReader reader = new();
        reader.Open(block);
        ReadingTable table = new();
        reader.AddTo(table);
        return table;
    }

    private static void ReadBare(byte[] bare)
    {
        BlockReader reader = new();
        reader.OpenBare(bare);
        reader.AddTo(new ReadingTable());
    }

    private static void ReadBareRollup(byte[] bare)
    {
        RollupReader reader = new();
        reader.OpenBare(bare);
        foreach (int series in reader.Series)
            reader.TryRead(series, new PartSum[Resolution.FiveMinutes.Parts()]);
    }

    private static List<(long Time, int Series, long Bits)> All(ReadingTable table)
    {
        List<(long, int, long)> all = [];
        foreach ((int series, int column) in table.Columns)
        {
            for (int row = 0; row < table.Rows; row++)
            {
                if (!double.IsNaN(table.Values(column)[row]))
                    all.Add((table.Times[row], series, BitConverter.DoubleToInt64Bits(table.Values(column)[row])));
            }
        }

        return all;
    }

    private static ReadingTable SampleTable()
    {
        ReadingTable table = new();
        for (int i = 0; i < 60; i++)
        {
            int row = table.AddRow(1_772_442_000_000_000 + (i * 60_000_000L) + (i * 7919 % 1000));
            table.Set(row, table.ColumnOf(1), i * 7919 % 100 / 100.0);
            table.Set(row, table.ColumnOf(2), Math.Sin(i));
            if (i % 3 == 2)
                table.Set(row, table.ColumnOf(3), 3 * i);
        }

        return table;
    }

    private static byte[] Sample() => new BlockWriter().Write(SampleTable(), 0, 60);

    private static byte[] SampleRollup()
    {
        DayRollup rollup = new(Resolution.FiveMinutes);
        rollup.Add(SampleTable());
        return new RollupWriter().Write(rollup, series => series == 3);
    }
}
