namespace HaiSoft.Agent.Spool;

/// <summary>Reads records out of one segment, as far as it is durable.</summary>
internal static class SegmentReader
{
    /// <summary>How a reading went.</summary>
    /// <param name="Left">What is left of the bytes that were wanted; 0 or less when they are used up.</param>
    /// <param name="DamagedBytes">Bytes that hold no record.</param>
    internal readonly record struct Outcome(int Left, long DamagedBytes);

    /// <summary>Adds the records after a sequence.</summary>
    /// <param name="disk">Where the segment lies.</param>
    /// <param name="segment">Which one.</param>
    /// <param name="after">The sequence before the first wanted.</param>
    /// <param name="maximumBytes">Payload bytes after which no further record is added.</param>
    /// <param name="into">Gets the records; their payloads are copies.</param>
    public static Outcome Read(ISpoolDisk disk, Segment segment, long after, int maximumBytes, List<SpooledRecord> into)
    {
        long damaged = 0;
        using SegmentScanner scanner = new(disk, segment.Name, segment.PositionAfter(after), segment.Durable.Length);
        while (maximumBytes > 0 && scanner.Next() is { } piece)
        {
            if (piece.Record is not { } record)
            {
                damaged += piece.Length;
            }
            else if (record.Sequence > after)
            {
                into.Add(record with { Payload = record.Payload.ToArray() });
                maximumBytes -= record.Payload.Length;
                after = record.Sequence;
                segment.Remember(after, piece.End);
            }
        }

        return new Outcome(maximumBytes, damaged);
    }
}
