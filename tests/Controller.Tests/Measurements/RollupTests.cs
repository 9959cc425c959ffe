using FsCheck;
using FsCheck.Fluent;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Rollups;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Measurements;

/// <summary>What the readings of a part of a day come to.</summary>
public sealed class RollupTests
{
    [Fact]
    public void A_level_keeps_least_most_last_and_count_exactly_and_the_mean_within_a_step() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<(ushort Minute, int Value)[]>(), readings =>
        {
            var kept = Kept([.. readings.Select(r => (r.Minute % 1440, r.Value / 100.0))], counter: false);
            return kept.All(part => part.Read.Count == part.Sum.Count && part.Read.Least == part.Sum.Least && part.Read.Most == part.Sum.Most
                && part.Read.Last == part.Sum.Last
                && Math.Abs(part.Read.Mean - part.Sum.Mean) <= ((part.Sum.Most - part.Sum.Least) / RollupWriter.MeanSteps) + 1e-6);
        }));

    [Fact]
    public void A_counter_keeps_its_first_its_last_and_what_it_lost_exactly() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<(ushort Minute, uint Value)[]>(), readings =>
        {
            var kept = Kept([.. readings.Select(r => (r.Minute % 1440, (double)r.Value))], counter: true);
            return kept.All(part => part.Read.Count == part.Sum.Count && part.Read.First == part.Sum.First && part.Read.Last == part.Sum.Last
                && part.Read.Increase == part.Sum.Increase);
        }));

    [Theory]
    [InlineData(new double[] { 10, 30, 60 }, 50)]
    [InlineData(new double[] { 10, 30, 5, 25 }, 45)] // began again at 5: 20 + 5 + 20
    [InlineData(new double[] { 10, 3, 2, 1 }, 6)]
    [InlineData(new double[] { 7 }, 0)]
    public void A_counter_grows_from_zero_again_when_it_was_reset(double[] values, double increase)
    {
        PartSum sum = default;
        foreach (double value in values)
            sum.Add(value);
        sum.Increase.ShouldBe(increase);
    }

    [Fact]
    public void Parts_that_are_put_together_come_to_what_their_readings_come_to() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<(uint Value, bool Next)[]>(), readings =>
        {
            PartSum all = default;
            PartSum together = default;
            PartSum part = default;
            foreach ((uint value, bool next) in readings)
            {
                all.Add(value);
                if (next)
                {
                    together.Add(part);
                    part = default;
                }

                part.Add(value);
            }

            together.Add(part);
            return all.Count == together.Count && all.Least == together.Least && all.Most == together.Most && all.Increase == together.Increase
                && Math.Abs(all.Mean - together.Mean) <= 1e-3;
        }));

    [Fact]
    public void Values_at_the_edges_of_a_double_are_kept_without_a_failure() =>
        Kept([(0, double.MaxValue), (1, double.MinValue), (2, 0)], counter: false).Single().Read.Most.ShouldBe(double.MaxValue);

    private static List<(PartSum Sum, PartSum Read)> Kept((int Minute, double Value)[] readings, bool counter)
    {
        if (readings.Length == 0)
            return [];
        ReadingTable table = new();
        foreach ((int minute, double value) in readings)
            table.Set(table.AddRow((20_000L * Resolutions.Day) + (minute * 60_000_000L)), table.ColumnOf(5), value);
        table.Order();
        DayRollup rollup = new(Resolution.FiveMinutes);
        rollup.Add(table);
        RollupReader reader = new();
        reader.Open(new RollupWriter().Write(rollup, _ => counter));
        PartSum[] read = new PartSum[Resolution.FiveMinutes.Parts()];
        reader.TryRead(5, read).ShouldBeTrue();
        read.Select(part => part.Count > 0).ShouldBe(rollup.Series[5].Select(part => part.Count > 0));
        return [.. rollup.Series[5].Zip(read).Where(pair => pair.First.Count > 0)];
    }
}
