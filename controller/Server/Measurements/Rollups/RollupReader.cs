using HaiSoft.Controller.Measurements.Blocks;

namespace HaiSoft.Controller.Measurements.Rollups;

/// <summary>Reads what <see cref="RollupWriter"/> wrote: one series at a time.</summary>
internal sealed class RollupReader
{
    private readonly ColumnReader _columns = new();
    private readonly List<Entry> _contents = [];
    private ReadOnlyMemory<byte> _body;

    /// <summary>The series that it tells of.</summary>
    public IEnumerable<int> Series => _contents.Select(entry => entry.Series);

    /// <summary>Opens a roll-up; the one before is closed.</summary>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public void Open(ReadOnlyMemory<byte> stored) => OpenBare(stored[..BlockSeal.Open(stored.Span).Length]);

    /// <summary>Opens a roll-up that has no checksum.</summary>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    internal void OpenBare(ReadOnlyMemory<byte> bare)
    {
        _contents.Clear();
        ByteReader head = new(bare.Span);
        if (head.ReadByte() is var version && version != RollupWriter.Version)
            throw new BlockDamagedException($"Version {version} is not known.");
        int series = 0;
        int start = 0;
        while (head.ReadVarint(int.MaxValue) is var entry and not 0)
        {
            if (entry < 2 || (series += entry >> 1) < 0)
                throw new BlockDamagedException("The number of a series is none.");
            int end = start + head.ReadVarint(bare.Length);
            if (end > bare.Length)
                throw new BlockDamagedException("A series ends behind the roll-up.");
            _contents.Add(new(series, (entry & 1) == 1, start, end));
            start = end;
        }

        _body = bare[^head.Left..];
        if (start != _body.Length)
            throw new BlockDamagedException("The contents are not as long as the list of them says.");
    }

    /// <summary>Reads the parts of a series; those without a reading count none.</summary>
    /// <param name="series">Its id.</param>
    /// <param name="parts">As many as the resolution has.</param>
    /// <returns>False when the roll-up does not tell of it.</returns>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public bool TryRead(int series, Span<PartSum> parts)
    {
        int index = _contents.FindIndex(entry => entry.Series == series);
        if (index < 0)
            return false;
        Entry found = _contents[index];
        ByteReader input = new(_body.Span[found.Start..found.End]);
        double[] places = new double[parts.Length];
        int count = Gaps.Read(ref input, places);
        if (count == 0)
            throw new BlockDamagedException("A series has no part.");
        PartSum[] present = found.IsCounter ? ReadCounter(ref input, count) : ReadLevel(ref input, count);
        int next = 0;
        for (int i = 0; i < parts.Length; i++)
            parts[i] = double.IsNaN(places[i]) ? default : present[next++];
        return true;
    }

    private PartSum[] ReadCounter(ref ByteReader input, int count)
    {
        double[] counts = Read(ref input, count, default);
        double[] lasts = Read(ref input, count, default);
        double[] firsts = Read(ref input, count, RollupWriter.Before(lasts));
        double[] lost = Read(ref input, count, default);
        PartSum[] parts = new PartSum[count];
        for (int i = 0; i < count; i++)
        {
            (double least, double most) = (Math.Min(firsts[i], lasts[i]), Math.Max(firsts[i], lasts[i]));
            parts[i] = new() { Least = least, Most = most, Mean = least + ((most - least) / 2), First = firsts[i], Last = lasts[i], Lost = lost[i], Count = Whole(counts[i]) };
        }

        return parts;
    }

    private PartSum[] ReadLevel(ref ByteReader input, int count)
    {
        double[] counts = Read(ref input, count, default);
        double[] leasts = Read(ref input, count, default);
        double[] mosts = Read(ref input, count, leasts);
        double[] lasts = Read(ref input, count, leasts);
        double[] means = Read(ref input, count, default);
        PartSum[] parts = new PartSum[count];
        for (int i = 0; i < count; i++)
        {
            double mean = leasts[i] + ((mosts[i] - leasts[i]) * means[i] / RollupWriter.MeanSteps);
            parts[i] = new() { Least = leasts[i], Most = mosts[i], Mean = mean, First = lasts[i], Last = lasts[i], Count = Whole(counts[i]) };
        }

        return parts;
    }

    private double[] Read(ref ByteReader input, int count, ReadOnlySpan<double> reference)
    {
        double[] values = new double[count];
        _columns.Read(input.ReadText(), values, reference);
        return values;
    }

    private static long Whole(double count) =>
        count is >= 1 and <= int.MaxValue ? (long)count : throw new BlockDamagedException("A part counts no readings.");

    private readonly record struct Entry(int Series, bool IsCounter, int Start, int End);
}
