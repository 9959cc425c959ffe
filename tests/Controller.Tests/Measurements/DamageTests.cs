using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Measurements;

/// <summary>What the disk has spoilt is told, set aside, and keeps nothing else from its way.</summary>
public sealed class DamageTests
{
    [Theory]
    [InlineData("measurement_journal")]
    [InlineData("measurement_blocks")]
    public async Task Damaged_readings_are_told_and_set_aside_and_the_others_are_read(string table)
    {
        DamagedPart part = table == "measurement_blocks" ? DamagedPart.Block : DamagedPart.Journal;
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(StoreKind.Sqlite);
        DateTimeOffset at = bed.Time.GetUtcNow() - TimeSpan.FromDays(1);
        await bed.AppendAsync(at, [(1, 1)], named: true);
        await bed.KeepAsync();
        await bed.AppendAsync(at.AddHours(1), [(1, 2)]);
        if (part == DamagedPart.Block)
            await bed.KeepAsync();
        await FlipAsync(bed, table);
        await bed.AppendAsync(at.AddHours(2), [(1, 3)]);

        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe(part == DamagedPart.Block ? [3] : [1, 3]);
        await bed.Upkeep.WorkAsync(TestContext.Current.CancellationToken);
        await bed.KeepAsync();

        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe(part == DamagedPart.Block ? [3] : [1, 3]);
        (await bed.QueryAsync<int>("SELECT part FROM measurement_damage")).ShouldBe([(int)part]);
        bed.Told.ShouldHaveSingleItem().ShouldContain("cannot be read and is set aside");
    }

    [Fact]
    public async Task A_late_reading_that_meets_a_damaged_block_is_kept()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(StoreKind.Sqlite);
        DateTimeOffset at = bed.Time.GetUtcNow() - TimeSpan.FromDays(1);
        await bed.AppendAsync(at, [(1, 1)], named: true);
        await bed.AppendAsync(at.AddMinutes(2), [(1, 3)]);
        await bed.KeepAsync();
        await FlipAsync(bed, "measurement_blocks");
        await bed.AppendAsync(at, [(1, 7)]);
        await bed.AppendAsync(at.AddMinutes(1), [(1, 8)]);
        await bed.KeepAsync();
        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([7, 8]);
        (await bed.CountAsync("measurement_damage")).ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_catalogue_is_begun_anew_and_no_block_is_taken_for_that_of_another_series()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(StoreKind.Sqlite);
        DateTimeOffset at = bed.Time.GetUtcNow() - TimeSpan.FromHours(2);
        await bed.AppendAsync(at, [(1, 1)], named: true);
        await bed.KeepAsync();
        await FlipAsync(bed, "measurement_series");
        await bed.AppendAsync(at.AddMinutes(1), [(1, 2)]);
        await bed.KeepAsync();
        await bed.Upkeep.WorkAsync(TestContext.Current.CancellationToken);
        await bed.AppendAsync(at.AddMinutes(2), [(2, 5)], named: true);
        await bed.KeepAsync();
        (await bed.ReadAsync("m2")).Select(p => p.Value).ShouldBe([5]);
        (await bed.CountAsync("measurement_damage")).ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_roll_up_is_set_aside_and_the_day_is_read_from_what_is_left()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(StoreKind.Sqlite);
        DateTimeOffset day = new(bed.Time.GetUtcNow().UtcDateTime.Date.AddDays(-1), TimeSpan.Zero);
        await bed.AppendAsync(day.AddHours(3), [(1, 1)], named: true);
        await bed.KeepAsync();
        await FlipAsync(bed, "measurement_rollups", "WHERE resolution = 2");
        (await bed.PartsAsync(day, TimeSpan.FromHours(6), 4)).ShouldBeEmpty();
        await bed.Upkeep.WorkAsync(TestContext.Current.CancellationToken);
        (await bed.PartsAsync(day, TimeSpan.FromHours(6), 4)).ShouldHaveSingleItem().Most.ShouldBe(1);
    }

    [Fact]
    public async Task A_step_of_upkeep_that_fails_changes_nothing_and_is_done_when_it_can_be()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(StoreKind.Sqlite);
        DateTimeOffset at = bed.Time.GetUtcNow() - TimeSpan.FromDays(1);
        await bed.AppendAsync(at, [(1, 1)], named: true);
        await bed.AppendAsync(at.AddMinutes(1), [(1, 2)]);

        // The last statement of sorting, and of making blocks, fails; each time the transaction has written all the rest.
        await bed.ExecuteAsync("CREATE TRIGGER stays BEFORE DELETE ON measurement_journal BEGIN SELECT RAISE(ABORT, 'no'); END");
        await Should.ThrowAsync<Exception>(bed.SortAsync);
        await ShouldBeWholeAsync(bed);
        await bed.ExecuteAsync("DROP TRIGGER stays");
        await bed.SortAsync();
        await bed.ExecuteAsync("CREATE TRIGGER stays BEFORE DELETE ON measurement_journal BEGIN SELECT RAISE(ABORT, 'no'); END");
        await Should.ThrowAsync<Exception>(bed.CompactAsync);
        await ShouldBeWholeAsync(bed);
        (await bed.CountAsync("measurement_blocks")).ShouldBe(0);
        await bed.ExecuteAsync("DROP TRIGGER stays");
        bed.Restart();
        await bed.KeepAsync();
        await ShouldBeWholeAsync(bed);
        (await bed.CountAsync("measurement_blocks")).ShouldBe(1);
    }

    private static async Task ShouldBeWholeAsync(MeasurementBed bed) =>
        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([1, 2]);

    private static Task FlipAsync(MeasurementBed bed, string table, string rows = "") =>
        bed.ExecuteAsync($"UPDATE {table} SET data = CAST(substr(data, 1, 8) || x'A7' || substr(data, 10) AS BLOB) {rows}");
}
