namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>
/// Writes readings of one server over some time as a block: its instants once, then each series as a column of its own, with
/// a list of contents so that one series is read without the others, and a checksum. Used by one at a time.
/// </summary>
/// <remarks>
/// No general compression follows. On real readings Brotli would take a tenth off what the columns' codes have written, most of
/// it where two series are the same; but then no series could be read without decompressing all of them.
/// </remarks>
internal sealed class BlockWriter
{
    /// <summary>The first byte. A change of the format takes another.</summary>
    public const byte Version = 1;

    private readonly BitWriter _head = new();
    private readonly BitWriter _body = new();
    private readonly ColumnWriter _columns = new();
    private double[] _present = [];

    /// <summary>The stored form of some rows, at least one, of a table in order.</summary>
    public byte[] Write(ReadingTable table, int first, int count)
    {
        _head.Clear();
        _body.Clear();
        _head.WriteByte(Version);
        _head.WriteVarint((ulong)count);
        _columns.Write(_body, table.Times.Slice(first, count));
        _head.WriteVarint((ulong)_body.Length);
        if (_present.Length < count)
            _present = new double[count * 2];
        int last = 0;
        foreach ((int series, int column) in table.Columns.OrderBy(pair => pair.Key))
        {
            ReadOnlySpan<double> values = table.Values(column).Slice(first, count);
            int start = _body.Length;
            int present = CopyPresent(values);
            if (present == 0)
                continue;
            if (present < count)
                Gaps.Write(_body, values);
            _columns.Write(_body, _present.AsSpan(0, present));
            _head.WriteVarint(((ulong)(series - last) << 1) | (present < count ? 1UL : 0));
            _head.WriteVarint((ulong)(_body.Length - start));
            last = series;
        }

        _head.WriteVarint(0);
        return BlockSeal.Close(_head.Written, _body.Written);
    }

    private int CopyPresent(ReadOnlySpan<double> values)
    {
        int present = 0;
        foreach (double value in values)
        {
            _present[present] = value;
            present += double.IsNaN(value) ? 0 : 1;
        }

        return present;
    }
}
