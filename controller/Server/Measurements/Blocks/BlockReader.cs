namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Reads what <see cref="BlockWriter"/> wrote: all of it, or one series.</summary>
internal sealed class BlockReader
{
    private readonly ColumnReader _columns = new();
    private readonly List<Column> _contents = [];
    private ReadOnlyMemory<byte> _body;
    private long[] _times = [];
    private double[] _present = [];

    /// <summary>Instants of the block.</summary>
    public int Count { get; private set; }

    /// <summary>Its instants, in rising order.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The series that it has readings of, in rising order.</summary>
    public IEnumerable<int> Series => _contents.Select(column => column.Series);

    /// <summary>Opens a block; the one before is closed.</summary>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public void Open(ReadOnlyMemory<byte> stored) => OpenBare(stored[..BlockSeal.Open(stored.Span).Length]);

    /// <summary>Opens a block that has no checksum.</summary>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    internal void OpenBare(ReadOnlyMemory<byte> bare)
    {
        Count = 0;
        _contents.Clear();
        ByteReader head = new(bare.Span);
        if (head.ReadByte() is var version && version != BlockWriter.Version)
            throw new BlockDamagedException($"Version {version} is not known.");
        // Every instant takes a bit at least: what claims more is not believed.
        int count = head.ReadVarint(bare.Length * 8);
        int start = head.ReadVarint(bare.Length);
        ReadContents(ref head, start, bare.Length);
        _body = bare[^head.Left..];
        if (count == 0 || (_contents.Count == 0 ? start : _contents[^1].End) != _body.Length)
            throw new BlockDamagedException("The contents are not as long as the list of them says.");
        ReadTimes(_body.Span[..start], count);
        Count = count;
    }

    /// <summary>Reads a series: NaN where it has no reading.</summary>
    /// <returns>False when the block has none of it.</returns>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public bool TryRead(int series, Span<double> values)
    {
        int index = _contents.FindIndex(column => column.Series == series);
        if (index < 0)
            return false;
        Read(_contents[index], values);
        return true;
    }

    /// <summary>Adds readings to a table, as rows after its last.</summary>
    /// <param name="table">The table.</param>
    /// <param name="only">The series that are wanted; absent for all.</param>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written; the table has some of them.</exception>
    public void AddTo(ReadingTable table, IReadOnlySet<int>? only = null)
    {
        int first = table.Rows;
        foreach (long time in Times)
            table.AddRow(time);
        foreach (Column column in _contents)
        {
            if (only?.Contains(column.Series) != false)
                Read(column, table.ValuesFrom(table.ColumnOf(column.Series), first));
        }
    }

    private void Read(Column column, Span<double> values)
    {
        ByteReader input = new(_body.Span[column.Start..column.End]);
        if (!column.HasGaps)
        {
            _columns.Read(input.ReadBytes(input.Left), values);
            return;
        }

        int present = Gaps.Read(ref input, values);
        if (_present.Length < present)
            _present = new double[present * 2];
        if (present > 0)
            _columns.Read(input.ReadBytes(input.Left), _present.AsSpan(0, present));
        Gaps.Spread(values, _present);
    }

    private void ReadContents(ref ByteReader head, int start, int length)
    {
        int series = 0;
        while (head.ReadVarint(int.MaxValue) is var entry and not 0)
        {
            if (entry < 2 || (series += entry >> 1) < 0)
                throw new BlockDamagedException("The number of a series is none.");
            int end = start + head.ReadVarint(length);
            if (end > length)
                throw new BlockDamagedException("A column ends behind the block.");
            _contents.Add(new(series, (entry & 1) == 1, start, end));
            start = end;
        }
    }

    private void ReadTimes(ReadOnlySpan<byte> column, int count)
    {
        if (_times.Length < count)
            _times = new long[count * 2];
        Span<long> times = _times.AsSpan(0, count);
        _columns.Read(column, times);
        long last = -1;
        foreach (long time in times)
        {
            if (time <= last || time > ReadingTime.Latest)
                throw new BlockDamagedException("The instants are not in order.");
            last = time;
        }
    }

    private readonly record struct Column(int Series, bool HasGaps, int Start, int End);
}
