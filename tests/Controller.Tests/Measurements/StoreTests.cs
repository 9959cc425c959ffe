using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Measurements;

/// <summary>What was taken in is read back, wherever upkeep has brought it.</summary>
public abstract class StoreTests(StoreKind kind)
{
    private static readonly double[] Hostile = [0.1, -0.0, double.Epsilon, double.MaxValue, 1e-300, 37.25, 67_175_936_000];

    [Fact]
    public async Task Readings_come_back_bit_for_bit_from_the_arrivals_from_a_lane_from_blocks_and_from_settled_days()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset from = bed.Time.GetUtcNow() - TimeSpan.FromDays(2);
        List<(DateTimeOffset, double)> wanted = [.. Hostile.Select((value, i) => (from + TimeSpan.FromHours(i * 5), value))];
        foreach ((DateTimeOffset at, double value) in wanted)
            await bed.AppendAsync(at, [(1, value), (2, 5)], named: true);

        await ShouldBeAsync(bed, wanted);
        await bed.SortAsync();
        await ShouldBeAsync(bed, wanted);
        await bed.CompactAsync();
        await ShouldBeAsync(bed, wanted);
        (await bed.CountAsync("measurement_journal")).ShouldBe(0);
        await bed.KeepAsync();
        await ShouldBeAsync(bed, wanted);
        (await bed.CountAsync("measurement_rollups")).ShouldBe(2 * 2);
        bed.Restart();
        await ShouldBeAsync(bed, wanted);
        bed.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Late_readings_find_their_place_among_those_that_are_there_and_their_day_is_rolled_up_again()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset yesterday = bed.Time.GetUtcNow() - TimeSpan.FromDays(1);
        await bed.AppendAsync(yesterday, [(1, 1)], named: true);
        await bed.AppendAsync(yesterday + TimeSpan.FromMinutes(2), [(1, 3)]);
        await bed.KeepAsync();

        await bed.AppendAsync(yesterday + TimeSpan.FromMinutes(3), [(1, 4)]); // behind the block
        await bed.AppendAsync(yesterday + TimeSpan.FromMinutes(1), [(1, 2)]); // inside it
        await bed.AppendAsync(yesterday - TimeSpan.FromMinutes(1), [(1, 0)]); // before it
        await bed.SortAsync();
        await bed.CompactAsync();
        (await bed.CountAsync("measurement_rollups")).ShouldBe(0);
        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([0, 1, 2, 3, 4]);
        await bed.KeepAsync();

        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([0, 1, 2, 3, 4]);
        (await bed.CountAsync("measurement_blocks")).ShouldBe(1);
        IReadOnlyList<SeriesPart> day = await bed.PartsAsync(yesterday.AddHours(-12), TimeSpan.FromDays(1), 1);
        day.ShouldHaveSingleItem().Count.ShouldBe(5);
        await BlocksShouldNotOverlapAsync(bed);
    }

    [Fact]
    public async Task A_reading_that_comes_again_at_the_same_instant_is_there_once()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset at = bed.Time.GetUtcNow();
        for (int i = 0; i < 3; i++)
        {
            await bed.AppendAsync(at, [(1, 7), (2, 8)], named: true);
            await bed.AppendAsync(at + TimeSpan.FromSeconds(15), [(1, 9)]);
            (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([7, 9]);
            if (i == 1)
                await bed.KeepAsync();
        }

        await bed.KeepAsync();
        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([7, 9]);
        (await bed.ReadAsync("m2")).Select(p => p.Value).ShouldBe([8]);
        await BlocksShouldNotOverlapAsync(bed);
    }

    [Fact]
    public async Task Each_epoch_has_numbers_of_its_own_and_a_series_goes_on_under_another_number()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset at = bed.Time.GetUtcNow() - TimeSpan.FromHours(1);
        SeriesNaming m1 = new(1, "m1", "", SeriesBehaviour.Gauge);
        SeriesNaming m2 = new(2, "m2", "/var", SeriesBehaviour.Counter);
        await bed.AppendAsync(at, [(1, 10), (2, 20)], [m1, m2], epoch: "first");
        await bed.AppendAsync(at.AddMinutes(1), [(1, 21), (2, 11)], [m1 with { Number = 2 }, m2 with { Number = 1 }], epoch: "second");
        await bed.KeepAsync();
        await bed.AppendAsync(at.AddMinutes(2), [(1, 12), (2, 22)], [], epoch: "first");
        await bed.AppendAsync(at.AddMinutes(3), [(1, 23), (2, 13)], [], epoch: "second");
        for (int i = 0; i < 2; i++)
        {
            (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([10, 11, 12, 13]);
            (await bed.Measurements.SeriesOfAsync(MeasurementBed.Server, Token))
                .ShouldBe([new("m1", "", SeriesBehaviour.Gauge), new("m2", "/var", SeriesBehaviour.Counter)]);
            await bed.KeepAsync();
        }
    }

    [Fact]
    public async Task Readings_of_a_series_that_was_never_named_are_left_out_and_told()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset at = bed.Time.GetUtcNow();
        await bed.AppendAsync(at, [(1, 1)], named: true);
        await bed.AppendAsync(at.AddMinutes(1), [(1, 2), (9, 3)]);
        await bed.AppendAsync(at.AddMinutes(2), [(1, 3)], named: false, epoch: "unheard of");
        await bed.KeepAsync();
        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([1, 2]);
        bed.Told.ShouldHaveSingleItem().ShouldContain("2 of series that its agent has not named");
    }

    [Fact]
    public async Task What_a_transaction_took_in_is_undone_with_it()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset at = bed.Time.GetUtcNow();
        await bed.AppendAsync(at, [(1, 1)], named: true);
        await Should.ThrowAsync<InvalidOperationException>(() => bed.Get<WriteGate>().WriteAsync(
            async (session, token) =>
            {
                await bed.Measurements.AppendAsync(session, MeasurementBed.Server, MeasurementBed.Epoch, at.AddMinutes(1), new([], [1], [2]), token);
                throw new InvalidOperationException("The report after it could not be taken in.");
            },
            Token));
        await bed.AppendAsync(at.AddMinutes(2), [(1, 3)]);
        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([1, 3]);
        await bed.KeepAsync();
        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task Servers_do_not_meet_though_they_share_rows_and_lanes()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset at = bed.Time.GetUtcNow() - TimeSpan.FromDays(1);
        string[] servers = [.. Enumerable.Range(0, 200).Select(i => $"server-{i}")];
        await bed.Get<WriteGate>().WriteAsync(
            async (session, token) =>
            {
                for (int i = 0; i < servers.Length; i++)
                {
                    ReportedReadings readings = new([new(1, "m1", "", SeriesBehaviour.Gauge)], [1], [i]);
                    await bed.Measurements.AppendAsync(session, servers[i], "e", at.AddSeconds(i), readings, token);
                }
            },
            Token);
        (await bed.CountAsync("measurement_journal")).ShouldBe(1);
        foreach (int each in new[] { 0, 17, 199 })
            (await bed.ReadAsync(server: servers[each])).ShouldBe([(at.AddSeconds(each), each)]);
        await bed.KeepAsync(servers[17]);
        foreach (int each in new[] { 0, 17, 199 })
            (await bed.ReadAsync(server: servers[each])).ShouldBe([(at.AddSeconds(each), each)]);
        (await bed.CountAsync("measurement_blocks")).ShouldBe(200);
    }

    [Fact]
    public async Task Upkeep_does_by_itself_what_is_due()
    {
        await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
        DateTimeOffset start = bed.Time.GetUtcNow();
        for (int minute = 0; minute < 3 * 24 * 60; minute += 30)
        {
            bed.Time.Advance(TimeSpan.FromMinutes(30));
            await bed.AppendAsync(bed.Time.GetUtcNow(), [(1, minute)], named: minute == 0);
            while (await bed.Upkeep.WorkAsync(Token))
            {
            }
        }

        (await bed.CountAsync("measurement_journal")).ShouldBeLessThan(3);
        (await bed.CountAsync("measurement_rollups")).ShouldBeGreaterThanOrEqualTo(2 * 2);
        (await bed.QueryAsync<int>($"SELECT COUNT(*) FROM measurement_blocks WHERE start_time < {(Resolutions.DayOf(start.ToUnixMicroseconds()) + 2) * Resolutions.Day}"))
            .ShouldBe([2], "a block a day");
        (await bed.ReadAsync()).Select(p => p.Value).ShouldBe(Enumerable.Range(0, 144).Select(i => i * 30.0));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task ShouldBeAsync(MeasurementBed bed, List<(DateTimeOffset At, double Value)> wanted)
    {
        List<(DateTimeOffset At, double Value)> read = await bed.ReadAsync();
        read.Select(p => p.At).ShouldBe(wanted.Select(p => p.At));
        read.Select(p => BitConverter.DoubleToInt64Bits(p.Value)).ShouldBe(wanted.Select(p => BitConverter.DoubleToInt64Bits(p.Value)));
    }

    private static async Task BlocksShouldNotOverlapAsync(MeasurementBed bed) => (await bed.QueryAsync<int>("""
        SELECT COUNT(*) FROM measurement_blocks a JOIN measurement_blocks b ON b.server_id = a.server_id
          AND b.start_time > a.start_time AND b.start_time <= a.end_time
        """)).ShouldBe([0]);

    public sealed class OnSqlite() : StoreTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : StoreTests(StoreKind.Postgres);
}
