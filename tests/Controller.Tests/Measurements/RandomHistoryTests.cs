using System.Globalization;
using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Measurements;

/// <summary>
/// Histories that chance makes: readings in order and late, twice, after steps of the clock, in changing epochs, with upkeep and restarts
/// in between. After each the store holds what a simple table holds. HAISOFT_SEED takes one again.
/// </summary>
public sealed class RandomHistoryTests
{
    private const int Series = 5;

    private static readonly string[] Servers = [MeasurementBed.Server, "b", "c"];

    [Fact]
    public Task The_store_holds_what_a_simple_table_holds() => RunAsync(StoreKind.Sqlite, histories: 6);

    [Fact]
    public Task The_store_on_postgresql_holds_what_a_simple_table_holds() => RunAsync(StoreKind.Postgres, histories: 1);

    [Fact]
    [Trait("Category", "Soak")]
    public Task The_store_holds_what_a_simple_table_holds_in_a_thousand_histories() => RunAsync(StoreKind.Sqlite, histories: 1000);

    private static async Task RunAsync(StoreKind kind, int histories)
    {
        string? named = Environment.GetEnvironmentVariable("HAISOFT_SEED");
        int first = string.IsNullOrEmpty(named) ? Random.Shared.Next(1, 1_000_000) : int.Parse(named, CultureInfo.InvariantCulture);
        for (int seed = first; seed < first + histories; seed++)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
            await using MeasurementBed bed = await MeasurementBed.MakeAsync(kind);
            await new History(bed, new Random(seed)).RunAsync($"HAISOFT_SEED={seed} takes it again");
        }
    }

    private sealed class History(MeasurementBed bed, Random random)
    {
        private readonly Dictionary<(string Server, int Series), SortedDictionary<DateTimeOffset, double>> _table = [];
        private readonly HashSet<(string Server, string Epoch)> _named = [];
        private string _epoch = "e0";

        public async Task RunAsync(string replay)
        {
            for (int step = 0; step < 60; step++)
            {
                await (random.Next(10) switch
                {
                    0 => bed.SortAsync(),
                    1 => bed.CompactAsync(),
                    2 => bed.KeepAsync(Any(Servers)),
                    3 => PassAsync(),
                    _ => AppendAsync(),
                });
                if (step % 6 == 0)
                    await ShouldHoldAsync($"{replay} (step {step})");
            }

            foreach (string server in Servers)
                await bed.KeepAsync(server);
            await ShouldHoldAsync(replay);
        }

        // Not more than two days: the table forgets nothing.
        private Task PassAsync()
        {
            bed.Time.Advance(TimeSpan.FromHours(random.Next(1, 3)));
            if (random.Next(3) == 0)
                bed.Restart();
            if (random.Next(4) == 0)
                _epoch = $"e{random.Next(3)}";
            return Task.CompletedTask;
        }

        private async Task AppendAsync()
        {
            string server = Any(Servers);
            DateTimeOffset at = bed.Time.GetUtcNow() - (random.Next(4) == 0 ? TimeSpan.FromMinutes(random.Next(4000)) : TimeSpan.Zero);
            for (int i = random.Next(1, 30); i > 0; i--)
            {
                at += TimeSpan.FromMilliseconds(random.Next(1, 60_000) * (random.Next(10) == 0 ? -1 : 1));
                (int, double)[] readings = [.. Enumerable.Range(1, Series).Where(_ => random.Next(5) > 0).Select(number => (number, Value()))];
                SeriesNaming[] named = _named.Add((server, _epoch)) || random.Next(20) == 0 ? [.. Enumerable.Range(1, Series).Select(Naming)] : [];
                await bed.AppendAsync(at, readings, named, server, _epoch);
                foreach ((int number, double value) in readings)
                    Put(server, number, at, value);
            }
        }

        private void Put(string server, int series, DateTimeOffset at, double value)
        {
            if (!_table.TryGetValue((server, series), out SortedDictionary<DateTimeOffset, double>? held))
                _table[(server, series)] = held = [];
            held[at] = value;
        }

        private async Task ShouldHoldAsync(string replay)
        {
            foreach (((string server, int series), SortedDictionary<DateTimeOffset, double> held) in _table)
            {
                List<(DateTimeOffset At, double Value)> read = await bed.ReadAsync($"m{series}", server);
                read.ShouldBe(held.Select(pair => (pair.Key, pair.Value)), replay);
            }

            bed.Told.ShouldBeEmpty(replay);
        }

        private static SeriesNaming Naming(int number) => new(number, $"m{number}", "", number % 2 == 0 ? SeriesBehaviour.Counter : SeriesBehaviour.Gauge);

        private double Value() => random.Next(3) switch
        {
            0 => random.Next(1000) / 100.0,
            1 => random.Next(),
            _ => random.NextDouble(),
        };

        private T Any<T>(T[] all) => all[random.Next(all.Length)];
    }
}
