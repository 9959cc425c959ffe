namespace HaiSoft.Controller.Telemetry;

/// <summary>The measurements of one instrument with the same tags.</summary>
internal sealed class MetricSeries(int buckets)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[buckets + 1];
    private double _sum;

    public void Add(double value)
    {
        lock (_lock)
            _sum += value;
    }

    public void Set(double value)
    {
        lock (_lock)
            _sum = value;
    }

    public void Count(double value, double[] bounds)
    {
        int bucket = Array.BinarySearch(bounds, value);
        lock (_lock)
        {
            _counts[bucket >= 0 ? bucket : ~bucket]++;
            _sum += value;
        }
    }

    /// <summary>The value, or a histogram's sum; and how many fell into each bucket, the last without a bound.</summary>
    public (double Sum, long[] Counts) Read()
    {
        lock (_lock)
            return (_sum, [.. _counts]);
    }
}
