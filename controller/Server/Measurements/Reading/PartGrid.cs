using HaiSoft.Controller.Measurements.Rollups;

namespace HaiSoft.Controller.Measurements.Reading;

/// <summary>Puts the readings of one series, oldest first, into parts of equal length.</summary>
/// <param name="from">The first instant, in Unix microseconds.</param>
/// <param name="step">A part's length, in microseconds.</param>
/// <param name="count">How many parts.</param>
internal sealed class PartGrid(long from, long step, int count)
{
    // Agents read at least every five minutes: with nothing for longer than two of them, nothing was read.
    private const long Patience = 11 * 60 * 1_000_000L;

    private readonly PartSum[] _parts = new PartSum[count];
    private readonly double[] _increases = new double[count];
    private readonly long[] _over = new long[count];
    private double _last;
    private long _lastTime = long.MinValue / 2;

    /// <summary>Adds a reading.</summary>
    public void Add(long time, double value)
    {
        if (IndexOf(time) is { } index)
        {
            _parts[index].Add(value);
            Grow(index, time, value);
        }

        (_last, _lastTime) = (value, time);
    }

    /// <summary>Adds a part of a roll-up.</summary>
    public void Add(long start, long width, in PartSum sum)
    {
        if (sum.Count == 0 || IndexOf(start) is not { } index)
            return;
        _parts[index].Add(sum);
        long grown = Grow(index, start, sum.First);
        _increases[index] += sum.Increase;
        _over[index] += width - grown;
        (_last, _lastTime) = (sum.Last, start + width);
    }

    /// <summary>The parts with a reading.</summary>
    public IReadOnlyList<SeriesPart> Parts() =>
    [
        .. Enumerable.Range(0, count).Where(i => _parts[i].Count > 0).Select(i => new SeriesPart(
            i,
            _parts[i].Count,
            _parts[i].Least,
            _parts[i].Most,
            _parts[i].Mean,
            _parts[i].Last,
            _increases[i],
            TimeSpan.FromMicroseconds(_over[i]))),
    ];

    private int? IndexOf(long time) => time >= from && (time - from) / step is var index && index < count ? (int)index : null;

    // The step from the reading before counts to the part of the later one.
    private long Grow(int index, long time, double value)
    {
        long since = time - _lastTime;
        if (since > Math.Max(2 * step, Patience))
            return 0;
        _increases[index] += value >= _last ? value - _last : value;
        _over[index] += since;
        return since;
    }
}
