using System.Numerics;

namespace HaiSoft.FleetSimulator.Figures;

/// <summary>Counts of latencies, 1 µs to an hour, told apart to about 3 per cent; many threads may add at once.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Subs = 1 << SubBits;
    private readonly long[] _counts = new long[34 * Subs];
    private long _most;

    public long Count => _counts.Sum();

    /// <summary>The longest.</summary>
    public TimeSpan Most => TimeSpan.FromMicroseconds(Interlocked.Read(ref _most));

    public void Add(TimeSpan latency)
    {
        long microseconds = Math.Max(0, (long)latency.TotalMicroseconds);
        Interlocked.Increment(ref _counts[Math.Min(Place(microseconds), _counts.Length - 1)]);
        for (long most = Interlocked.Read(ref _most); microseconds > most; most = Interlocked.Read(ref _most))
            Interlocked.CompareExchange(ref _most, microseconds, most);
    }

    /// <summary>The latency that this share of all did not exceed; null when there is none.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan? Quantile(double share)
    {
        long wanted = (long)Math.Ceiling(Count * share);
        if (wanted == 0)
            return null;

        long seen = 0;
        int place = 0;
        while (place < _counts.Length && (seen += _counts[place]) < wanted)
            place++;
        TimeSpan bound = TimeSpan.FromMicroseconds(Bound(Math.Min(place, _counts.Length - 1)));
        return bound < Most ? bound : Most;
    }

    // Below 32 each microsecond has a place of its own; above, each doubling has 32.
    private static int Place(long microseconds)
    {
        if (microseconds < Subs)
            return (int)microseconds;

        int shift = BitOperations.Log2((ulong)microseconds) - SubBits;
        return ((shift + 1) * Subs) + (int)((microseconds >> shift) - Subs);
    }

    private static long Bound(int place)
    {
        int shift = (place / Subs) - 1;
        return shift < 0 ? place : ((long)((place % Subs) + Subs + 1) << shift) - 1;
    }
}
