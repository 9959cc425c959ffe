namespace HaiSoft.Agent.Spool;

/// <summary>What is in a segment, counted.</summary>
/// <param name="Length">Bytes of the file, header included.</param>
/// <param name="First">The lowest sequence; 0 while it has no record.</param>
/// <param name="Last">The highest sequence; the one before the segment while it has no record.</param>
/// <param name="OrdinaryBytes">Bytes of its ordinary records.</param>
/// <param name="YoungestOrdinary">When its youngest ordinary record was written.</param>
/// <param name="Youngest">When its youngest record was written.</param>
internal sealed record SegmentContent(
    long Length, long First, long Last, long OrdinaryBytes, DateTimeOffset YoungestOrdinary, DateTimeOffset Youngest)
{
    /// <summary>No record is in it.</summary>
    public bool IsEmpty => First == 0;

    /// <summary>Bytes of what must not be dropped.</summary>
    public long UrgentBytes => Length - SegmentHeader.Length - OrdinaryBytes;

    /// <summary>Of a segment that was begun after a sequence.</summary>
    public static SegmentContent None(long after) =>
        new(SegmentHeader.Length, 0, after, 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    /// <summary>With one record more, at the end.</summary>
    public SegmentContent With(SpooledRecord record)
    {
        int bytes = RecordFormat.HeaderLength + record.Payload.Length;
        bool isOrdinary = record.Priority == Priority.Ordinary;
        return new SegmentContent(
            Length + bytes,
            First == 0 ? record.Sequence : First,
            Math.Max(Last, record.Sequence),
            OrdinaryBytes + (isOrdinary ? bytes : 0),
            isOrdinary && record.WrittenTime > YoungestOrdinary ? record.WrittenTime : YoungestOrdinary,
            record.WrittenTime > Youngest ? record.WrittenTime : Youngest);
    }
}
