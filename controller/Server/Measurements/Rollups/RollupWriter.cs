using HaiSoft.Controller.Measurements.Blocks;

namespace HaiSoft.Controller.Measurements.Rollups;

/// <summary>
/// Writes the roll-up of a day. Of a level the least, the most, the mean and the last reading are kept, of a counter the first,
/// the last and what it lost when it began again; of both how many readings there were. All but the mean come back bit for
/// bit. The mean is kept as its place between the least and the most, in steps of 1/4095 of the distance.
/// </summary>
internal sealed class RollupWriter
{
    /// <summary>The first byte. A change of the format takes another.</summary>
    public const byte Version = 1;

    /// <summary>Steps that a mean's place is told in.</summary>
    public const int MeanSteps = 4095;

    private readonly BitWriter _head = new();
    private readonly BitWriter _body = new();
    private readonly BitWriter _column = new();
    private readonly ColumnWriter _columns = new();

    /// <summary>The stored form.</summary>
    /// <param name="rollup">A day.</param>
    /// <param name="isCounter">Whether a series is a counter.</param>
    public byte[] Write(DayRollup rollup, Func<int, bool> isCounter)
    {
        _head.Clear();
        _body.Clear();
        _head.WriteByte(Version);
        int last = 0;
        foreach ((int series, PartSum[] parts) in rollup.Series)
        {
            int start = _body.Length;
            bool counter = isCounter(series);
            Write(parts, counter);
            _head.WriteVarint(((ulong)(series - last) << 1) | (counter ? 1UL : 0));
            _head.WriteVarint((ulong)(_body.Length - start));
            last = series;
        }

        _head.WriteVarint(0);
        return BlockSeal.Close(_head.Written, _body.Written);
    }

    /// <summary>What each counter's last reading was in the part before: near the first of this one.</summary>
    internal static double[] Before(double[] lasts) => [lasts[0], .. lasts[..^1]];

    private void Write(PartSum[] parts, bool counter)
    {
        PartSum[] present = [.. parts.Where(part => part.Count > 0)];
        Gaps.Write(_body, [.. parts.Select(part => part.Count > 0 ? 0 : double.NaN)]);
        double[] lasts = [.. present.Select(part => part.Last)];
        Write([.. present.Select(part => (double)part.Count)], default);
        if (counter)
        {
            Write(lasts, default);
            Write([.. present.Select(part => part.First)], Before(lasts));
            Write([.. present.Select(part => part.Lost)], default);
            return;
        }

        double[] leasts = [.. present.Select(part => part.Least)];
        Write(leasts, default);
        Write([.. present.Select(part => part.Most)], leasts);
        Write(lasts, leasts);
        Write([.. present.Select(PlaceOfMean)], default);
    }

    // Between the largest doubles there is no distance that is one: then the least stands for the mean.
    private static double PlaceOfMean(PartSum part)
    {
        double place = Math.Round((part.Mean - part.Least) / (part.Most - part.Least) * MeanSteps);
        return double.IsFinite(place) ? Math.Clamp(place, 0, MeanSteps) : 0;
    }

    private void Write(double[] values, ReadOnlySpan<double> reference)
    {
        _column.Clear();
        _columns.Write(_column, values, reference);
        _body.WriteVarint((ulong)_column.Length);
        _body.WriteBytes(_column.Written);
    }
}
