using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Measurements;

/// <summary>How long what is kept, and what is read when only roll-ups are left.</summary>
public abstract class KeepingTests(StoreKind kind)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Every_reading_goes_after_two_weeks_five_minutes_after_ninety_days_and_hours_after_four_hundred()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset noon = new(bed.Time.GetUtcNow().UtcDateTime.Date.AddHours(12), TimeSpan.Zero);
        await bed.AppendAsync(noon, [(1, 4)], named: true);
        await bed.AppendAsync(noon.AddMinutes(1), [(1, 8)]);

        await AfterAsync(bed, noon.AddDays(13), blocks: 1, rollups: 2);
        (await bed.ReadAsync()).Count.ShouldBe(2);
        await AfterAsync(bed, noon.AddDays(15), blocks: 0, rollups: 2);
        (await bed.ReadAsync()).ShouldBeEmpty();
        (await HourOfAsync(bed, noon, TimeSpan.FromMinutes(6))).Most.ShouldBe(8);
        await AfterAsync(bed, noon.AddDays(91), blocks: 0, rollups: 1);
        SeriesPart hour = await HourOfAsync(bed, noon, Hour);
        (hour.Count, hour.Least, hour.Most, hour.Last).ShouldBe((2, 4, 8, 8));
        hour.Mean.ShouldBe(6, 0.01);
        await AfterAsync(bed, noon.AddDays(402), blocks: 0, rollups: 0);
        (await bed.CountAsync("measurement_series")).ShouldBe(0);
    }

    [Fact]
    public async Task Readings_older_than_any_that_is_kept_are_left_out_and_told()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        await bed.AppendAsync(bed.Time.GetUtcNow().AddDays(-20), [(1, 4)], named: true);
        await bed.KeepAsync();
        (await bed.CountAsync("measurement_blocks")).ShouldBe(0);
        bed.Told.ShouldHaveSingleItem().ShouldContain("1 older than any that is kept");
    }

    [Fact]
    public async Task A_month_is_read_from_roll_ups_and_comes_to_the_same_as_its_readings()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset start = new(bed.Time.GetUtcNow().UtcDateTime.Date.AddDays(-6), TimeSpan.Zero);
        Random random = new(7);
        double counter = 0;
        for (int i = 0; start.AddMinutes(i * 10) < bed.Time.GetUtcNow(); i++)
        {
            counter = random.Next(100) == 0 ? 0 : counter + random.Next(1000);
            await bed.AppendAsync(
                start.AddMinutes(i * 10),
                [(1, random.Next(400) / 100.0), (2, counter)],
                i == 0 ? [new(1, "m1", "", SeriesBehaviour.Gauge), new(2, "m2", "", SeriesBehaviour.Counter)] : []);
        }

        IReadOnlyList<SeriesPart> level = await bed.PartsAsync(start, Hour * 3, 80);
        IReadOnlyList<SeriesPart> count = await bed.PartsAsync(start, Hour * 3, 80, "m2");
        await bed.KeepAsync();
        (await bed.CountAsync("measurement_rollups")).ShouldBe(2 * 6);
        // Only the roll-ups of the days that are over, then.
        await bed.ExecuteAsync(
            "DELETE FROM measurement_blocks WHERE start_time < @today",
            new { today = Resolutions.DayOf(bed.Time.GetUtcNow().ToUnixMicroseconds()) * Resolutions.Day });

        foreach ((SeriesPart was, SeriesPart now) in level.Zip(await bed.PartsAsync(start, Hour * 3, 80), (a, b) => (a, b)))
        {
            (now.Index, now.Count, now.Least, now.Most, now.Last).ShouldBe((was.Index, was.Count, was.Least, was.Most, was.Last));
            now.Mean.ShouldBe(was.Mean, 0.01);
        }

        IReadOnlyList<SeriesPart> rolled = await bed.PartsAsync(start, Hour * 3, 80, "m2");
        rolled.Select(part => (part.Index, part.Increase, part.Last)).ShouldBe(count.Select(part => (part.Index, part.Increase, part.Last)));
    }

    [Fact]
    public async Task A_counter_grows_over_the_time_that_it_was_read_in_and_not_over_a_gap()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset from = bed.Time.GetUtcNow() - (Hour * 3);
        for (int minute = 0; minute <= 150; minute++)
        {
            if (minute is <= 40 or > 100)
                await bed.AppendAsync(from.AddMinutes(minute), [(1, (minute * 100) + 5)], named: minute == 0, behaviour: SeriesBehaviour.Counter);
        }

        IReadOnlyList<SeriesPart> parts = await bed.PartsAsync(from, TimeSpan.FromMinutes(10), 18);

        parts.Select(part => part.Index).ShouldBe([0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 15]);
        parts.ShouldAllBe(part => part.Increase == part.Over.TotalMinutes * 100);
        parts.Single(part => part.Index == 1).Increase.ShouldBe(1000);
        parts.Single(part => part.Index == 10).Over.ShouldBe(TimeSpan.FromMinutes(8));
    }

    [Fact]
    public void Options_that_do_not_hold_are_told_all_together() =>
        new MeasurementOptions { Readings = TimeSpan.FromDays(1), FiveMinutes = TimeSpan.FromHours(2), Hours = TimeSpan.FromDays(9000) }
            .Faults().Count().ShouldBe(3);

    private static async Task AfterAsync(MeasurementBed bed, DateTimeOffset now, int blocks, int rollups)
    {
        bed.Time.Advance(now - bed.Time.GetUtcNow());
        await bed.KeepAsync();
        (await bed.CountAsync("measurement_blocks")).ShouldBe(blocks);
        (await bed.CountAsync("measurement_rollups")).ShouldBe(rollups);
    }

    private static async Task<SeriesPart> HourOfAsync(MeasurementBed bed, DateTimeOffset from, TimeSpan step) =>
        (await bed.PartsAsync(from, step, (int)(Hour / step))).ShouldHaveSingleItem();

    public sealed class OnSqlite() : KeepingTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : KeepingTests(StoreKind.Postgres);
}
