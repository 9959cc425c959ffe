using System.Diagnostics.Metrics;

namespace HaiSoft.Controller.Telemetry;

/// <summary>
/// Keeps the sums of what the controller's own instruments, the web server's and the runtime's measure. Capabilities make their instruments
/// by <see cref="IMeterFactory"/> under the meter <see cref="Meter"/>, and know nothing of this.
/// </summary>
internal sealed class MetricBook : IDisposable
{
    /// <summary>The meter of everything that this program measures itself.</summary>
    public const string Meter = "HaiSoft.Controller";

    /// <summary>The meters that are told of.</summary>
    public static readonly string[] Meters = [Meter, "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private static readonly double[] Seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly MeterListener _listener = new();
    private readonly List<MetricFamily> _families = [];
    private readonly Lock _lock = new();
    private readonly Lock _reading = new();
    private readonly object _scope;

    public MetricBook(IMeterFactory factory)
    {
        _scope = factory;
        _listener.InstrumentPublished = (instrument, listener) => Take(instrument, listener);
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(value, tags, family));
        _listener.Start();
    }

    /// <summary>Tells of all families of the moment, by name. One at a time: what is observed is forgotten in between.</summary>
    public T Read<T>(Func<IEnumerable<MetricFamily>, T> tell)
    {
        lock (_reading)
        {
            foreach (MetricFamily family in Families())
                family.Forget();
            Observe();
            return tell(Families().OrderBy(family => family.Instrument.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();

    private MetricFamily[] Families()
    {
        lock (_lock)
            return [.. _families];
    }

    // An instrument that fails is left out. All are asked before its failure is told; the others are told when something is wrong, above all.
    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // What cannot be observed is not there: that is what is told of it.
        }
    }

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? family) =>
        ((MetricFamily)family!).Record(value, tags);

    // Another controller of the same process (in tests) has a factory of its own; the runtime has none.
    private void Take(Instrument instrument, MeterListener listener)
    {
        if (!Meters.Contains(instrument.Meter.Name) || (instrument.Meter.Scope is { } scope && scope != _scope))
            return;
        MetricFamily family = new(instrument, KindOf(instrument), instrument.IsObservable, BucketsOf(instrument));
        lock (_lock)
            _families.Add(family);
        listener.EnableMeasurementEvents(instrument, family);
    }

    private static MetricKind KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> or Histogram<long> or Histogram<int> => MetricKind.Histogram,
        Counter<long> or Counter<int> or Counter<double> => MetricKind.Counter,
        ObservableCounter<long> or ObservableCounter<int> or ObservableCounter<double> => MetricKind.Counter,
        _ => MetricKind.Gauge,
    };

    private static double[] BucketsOf(Instrument instrument) =>
        instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } bounds } ? [.. bounds] : Seconds;
}
