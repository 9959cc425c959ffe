using System.Diagnostics.Metrics;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Telemetry;

/// <summary>Measures the store: how long commits take, who waits for them, what room is taken and left.</summary>
internal sealed class StoreMetrics : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(30);

    private static readonly InstrumentAdvice<double> Fine = new()
    {
        HistogramBucketBoundaries = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly StoreEngine _engine;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _commit;
    private readonly Histogram<double> _held;
    private readonly Histogram<double> _waited;
    private readonly Counter<long> _faults;
    private StoreSize? _size;

    public StoreMetrics(IMeterFactory factory, WriteGate gate, StoreConnections connections, StoreWatch watch, TimeProvider time)
    {
        (_engine, _time) = (connections.Engine, time);
        Meter meter = factory.Create(MetricBook.Meter);
        _commit = meter.CreateHistogram("haisoft.store.commit.duration", "s", "Until a commit was on stable storage", advice: Fine);
        _held = meter.CreateHistogram("haisoft.store.write.duration", "s", "One turn at the writer, its commit included", advice: Fine);
        _waited = meter.CreateHistogram("haisoft.store.write.wait", "s", "Until the writer had time", advice: Fine);
        _faults = meter.CreateCounter<long>("haisoft.store.faults", description: "Writes that failed because of the database or its disk");
        meter.CreateObservableGauge("haisoft.store.writes.waiting", () => gate.Waiting, description: "Writes that wait for their turn");
        meter.CreateObservableGauge("haisoft.store.disk.free", () => Told(watch.FreeBytes), "By", "Room left on the data folder's disk");
        meter.CreateObservableGauge("haisoft.store.writable", () => watch.Fault is null ? 1 : 0, description: "1 while the store can be written");
        meter.CreateObservableGauge("haisoft.store.size", Sizes, "By", "Room that the database takes; the journal is what SQLite has not put in its place yet");
        gate.Watch(Note);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, _time);
        do
        {
            try
            {
                _size = await _engine.SizeAsync(stoppingToken);
            }
            catch (Exception e) when (_engine.IsFault(e) || e is IOException)
            {
                _size = null; // StoreWatch tells
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Note(WriteTold told)
    {
        _waited.Record(told.Waited.TotalSeconds);
        _held.Record(told.Held.TotalSeconds);
        if (told.Committing is { } committing)
            _commit.Record(committing.TotalSeconds);
        if (_engine.FaultIn(told.Fault) is not null)
            _faults.Add(1);
    }

    // What is not known is left out: 0 would be an answer.
    private static Measurement<long>[] Told(long? value) => value is { } known ? [new(known)] : [];

    private IEnumerable<Measurement<long>> Sizes()
    {
        if (_size is not { } size)
            yield break;
        yield return new(size.DatabaseBytes, new KeyValuePair<string, object?>("part", "database"));
        if (size.JournalBytes is { } journal)
            yield return new(journal, new KeyValuePair<string, object?>("part", "journal"));
    }
}
