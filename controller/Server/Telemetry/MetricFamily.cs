using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace HaiSoft.Controller.Telemetry;

/// <summary>What is told of a family of measurements.</summary>
internal enum MetricKind
{
    /// <summary>Only ever grows.</summary>
    Counter = 1,

    /// <summary>Goes up and down.</summary>
    Gauge = 2,

    /// <summary>How often something took how much.</summary>
    Histogram = 3,
}

/// <summary>One instrument's measurements, summed up by their tags. What has too many different tags is summed up in one series.</summary>
internal sealed class MetricFamily(Instrument instrument, MetricKind kind, bool observed, double[] buckets)
{
    private const int MostSeries = 500;
    private const string Overflow = "{otel_metric_overflow=\"true\"}";
    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public Instrument Instrument { get; } = instrument;

    public MetricKind Kind { get; } = kind;

    /// <summary>Upper bounds of a histogram's buckets, rising.</summary>
    public double[] Buckets { get; } = buckets;

    /// <summary>The series by their labels, as Prometheus writes them; empty for none.</summary>
    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => _series.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = PrometheusText.Labels(tags);
        if (!_series.TryGetValue(labels, out MetricSeries? series))
            series = _series.GetOrAdd(_series.Count < MostSeries ? labels : Overflow, _ => new MetricSeries(Buckets.Length));
        if (Kind == MetricKind.Histogram)
            series.Count(value, Buckets);
        else if (observed || Instrument is Gauge<long> or Gauge<double> or Gauge<int>)
            series.Set(value);
        else
            series.Add(value);
    }

    /// <summary>What is observed is told anew each time.</summary>
    public void Forget()
    {
        if (observed)
            _series.Clear();
    }
}
