using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Measurements.Journal;
using HaiSoft.Controller.Measurements.Upkeep;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Testing.Clock;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace HaiSoft.Controller.Tests.Measurements;

/// <summary>The measurements' store on a database of its own, whose upkeep does what the test says and nothing else.</summary>
internal sealed class MeasurementBed : IAsyncDisposable
{
    public const string Server = "0199aabbccddeeff00112233445566aa";
    public const string Epoch = "00112233445566778899aabbccddeeff";

    private readonly OpenedStore _store;
    private ServiceProvider _services;

    private MeasurementBed(OpenedStore store)
    {
        _store = store;
        _services = Build();
    }

    public SettableTime Time => _store.Time;

    public MeasurementStore Measurements => Get<MeasurementStore>();

    public MeasurementUpkeep Upkeep => Get<MeasurementUpkeep>();

    public List<string> Told { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MeasurementBed> MakeAsync(StoreKind kind)
    {
        OpenedStore store = new(kind);
        await store.Migrator.ApplyAsync(Token);
        return new(store);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Everything that is held in memory is lost, as when the controller ends.</summary>
    public void Restart() => _services = Build();

    /// <summary>Takes in readings of one instant; those of metric "m1" are the agent's number 1, and so on.</summary>
    public Task AppendAsync(
        DateTimeOffset at,
        (int Number, double Value)[] readings,
        bool named = false,
        string server = Server,
        string epoch = Epoch,
        SeriesBehaviour behaviour = SeriesBehaviour.Gauge) =>
        AppendAsync(at, readings, named ? [.. readings.Select(r => new SeriesNaming(r.Number, $"m{r.Number}", "", behaviour))] : [], server, epoch);

    public Task AppendAsync(
        DateTimeOffset at, (int Number, double Value)[] readings, SeriesNaming[] named, string server = Server, string epoch = Epoch) =>
        _store.Gate.WriteAsync(
            (session, token) => Measurements.AppendAsync(
                session, server, epoch, at, new(named, [.. readings.Select(r => r.Number)], [.. readings.Select(r => r.Value)]), token),
            Token);

    /// <summary>Sorts all that arrived.</summary>
    public async Task SortAsync()
    {
        while (await CountAsync($"measurement_journal WHERE entry_key < {JournalLane.FirstKey(1)}") > 0)
            await Get<JournalSorting>().SortAsync(Token);
    }

    /// <summary>Makes blocks of all that is sorted.</summary>
    public async Task CompactAsync()
    {
        while (await ScalarAsync($"SELECT MIN(entry_key) FROM measurement_journal WHERE entry_key >= {JournalLane.FirstKey(1)}") is { } key)
            await Get<LaneCompaction>().CompactAsync((int)(key / JournalLane.FirstKey(1)), Token);
    }

    /// <summary>All of it: sorted, in blocks, days that are over settled, what is old removed.</summary>
    public async Task KeepAsync(string server = Server)
    {
        await SortAsync();
        await CompactAsync();
        await Get<ServerUpkeep>().KeepAsync(server, Token);
    }

    /// <summary>The readings of a series, whole.</summary>
    public async Task<List<(DateTimeOffset At, double Value)>> ReadAsync(string metric = "m1", string server = Server) =>
    [
        .. (await Measurements.ReadAsync(server, metric, "", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(40_000), int.MaxValue, Token))
            .Select(point => (point.At, point.Value)),
    ];

    /// <summary>A series in parts.</summary>
    public async Task<IReadOnlyList<SeriesPart>> PartsAsync(DateTimeOffset from, TimeSpan step, int count, string metric = "m1") =>
        (await Measurements.ReadPartsAsync(Server, known => known.Where(s => s.Metric == metric), from, step, count, Token)).Values.Single();

    public async Task<long> CountAsync(string rows) => (await ScalarAsync($"SELECT COUNT(*) FROM {rows}"))!.Value;

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using DbConnection connection = await _store.Connections.OpenAsync(Token);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using DbConnection connection = await _store.Connections.OpenAsync(Token);
        return [.. await connection.QueryAsync<T>(sql)];
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task<long?> ScalarAsync(string sql) => (await QueryAsync<long?>(sql))[0];

    private ServiceProvider Build() => new ServiceCollection()
        .AddLogging(logging => logging.AddProvider(new Telling(Told)))
        .AddSingleton<TimeProvider>(_store.Time)
        .AddSingleton(Options.Create(new MeasurementOptions()))
        .AddSingleton(_store.Connections)
        .AddSingleton(_store.Gate)
        .AddMeasurementStore()
        .BuildServiceProvider();

    private sealed class Telling(List<string> told) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                told.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
