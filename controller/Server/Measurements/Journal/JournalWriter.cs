using System.Runtime.InteropServices;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Journal;

/// <summary>
/// Gathers what agents read as a row of the journal: nothing is looked up and nothing is computed, the readings are copied.
/// Used by one at a time.
/// </summary>
internal sealed class JournalWriter
{
    private readonly BitWriter _bytes = new();
    private int[] _numbers = new int[64];
    private double[] _values = new double[64];
    private (string ServerId, long Told, long Written) _last = ("", 0, 0);

    /// <summary>Bytes gathered.</summary>
    public int Length => _bytes.Length;

    /// <summary>Adds what an agent read at one instant.</summary>
    public void Append(string serverId, string epoch, DateTimeOffset at, in ReportedReadings report)
    {
        int start = _bytes.Length;
        _bytes.WriteUInt32(0);
        _bytes.WriteText(serverId);
        _bytes.WriteText(epoch);
        _bytes.WriteUInt64((ulong)InstantOf(serverId, at.ToUnixMicroseconds()));
        _bytes.WriteVarint((ulong)report.Named.Count);
        foreach (SeriesNaming named in report.Named)
            Write(named);
        Write(report.Numbers, report.Values);
        _bytes.SetUInt32(start, (uint)(_bytes.Length - start - sizeof(uint)));
    }

    /// <summary>Adds a record as it was written.</summary>
    public void Append(ReadOnlySpan<byte> record)
    {
        _bytes.WriteUInt32((uint)record.Length);
        _bytes.WriteBytes(record);
    }

    /// <summary>The row; what is gathered next is another.</summary>
    public byte[] Close()
    {
        byte[] row = BlockSeal.Close(_bytes.Written, []);
        Clear();
        return row;
    }

    public void Clear() => _bytes.Clear();

    // Two reports never share an instant: a corrected time is bounded by that of receipt, which the reports of a batch share.
    // Each but the first is kept a microsecond later.
    private long InstantOf(string serverId, long told)
    {
        long written = told == _last.Told && serverId == _last.ServerId ? _last.Written + 1 : told;
        _last = (serverId, told, written);
        return written;
    }

    private void Write(SeriesNaming named)
    {
        _bytes.WriteVarint((ulong)named.Number);
        _bytes.WriteByte((byte)named.Behaviour);
        _bytes.WriteText(named.Metric);
        _bytes.WriteText(named.Component);
    }

    private void Write(ICollection<int> numbers, ICollection<double> values)
    {
        int count = values.Count;
        if (_values.Length < count)
            (_numbers, _values) = (new int[count * 2], new double[count * 2]);
        numbers.CopyTo(_numbers, 0);
        values.CopyTo(_values, 0);
        _bytes.WriteVarint((ulong)count);
        int last = 0;
        foreach (int number in _numbers.AsSpan(0, count))
        {
            _bytes.WriteVarint(ZigZag.Fold(number - (long)last));
            last = number;
        }

        _bytes.WriteBytes(MemoryMarshal.AsBytes(_values.AsSpan(0, count)));
    }
}
