namespace HaiSoft.Agent.Spool;

/// <summary>Records that wait in memory for the disk, bounded: over the bound, ordinary ones go first, oldest first. Not thread-safe.</summary>
internal sealed class PendingRecords(int maximumBytes)
{
    private readonly List<SpooledRecord> _records = [];
    private int _bytes;

    /// <summary>The lowest sequence; 0 when there is none.</summary>
    public long First => _records.Count > 0 ? _records[0].Sequence : 0;

    /// <summary>How many.</summary>
    public int Count => _records.Count;

    /// <summary>Bytes of payloads.</summary>
    public int Bytes => _bytes;

    /// <summary>Adds a record at the end.</summary>
    /// <returns>How many others had to go.</returns>
    public int Add(SpooledRecord record)
    {
        _records.Add(record);
        _bytes += record.Payload.Length;
        var dropped = 0;
        while (_bytes > maximumBytes && _records.Count > 1)
        {
            int oldest = Math.Max(0, _records.FindIndex(candidate => candidate.Priority == Priority.Ordinary));
            _bytes -= _records[oldest].Payload.Length;
            _records.RemoveAt(oldest);
            dropped++;
        }

        return dropped;
    }

    /// <summary>All of them, as they are now.</summary>
    public SpooledRecord[] ToArray() => [.. _records];

    /// <summary>Removes what is up to a sequence.</summary>
    public void RemoveThrough(long sequence)
    {
        int count = _records.FindIndex(record => record.Sequence > sequence);
        count = count < 0 ? _records.Count : count;
        for (var i = 0; i < count; i++)
        {
            _bytes -= _records[i].Payload.Length;
        }

        _records.RemoveRange(0, count);
    }

    /// <summary>Lowers all sequences, which keeps the holes between them.</summary>
    public void Shift(long by)
    {
        for (var i = 0; i < _records.Count; i++)
        {
            _records[i] = _records[i] with { Sequence = _records[i].Sequence - by };
        }
    }

    /// <summary>Copies those after a sequence, at least one if there is one, until <paramref name="maximumBytes"/> are reached.</summary>
    public void Read(long after, int maximumBytes, List<SpooledRecord> into)
    {
        foreach (SpooledRecord record in _records)
        {
            if (record.Sequence > after && maximumBytes > 0)
            {
                into.Add(record);
                maximumBytes -= record.Payload.Length;
            }
        }
    }
}
