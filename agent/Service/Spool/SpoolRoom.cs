namespace HaiSoft.Agent.Spool;

/// <summary>What to do next to have room.</summary>
internal enum RoomStep
{
    /// <summary>There is enough, or nothing that could go.</summary>
    None,

    /// <summary>The ordinary records of a segment go.</summary>
    DropOrdinary,

    /// <summary>A segment goes.</summary>
    Remove,

    /// <summary>The newest segment is closed, so that it can be dealt with like the others.</summary>
    Close,
}

/// <summary>
/// Decides what goes when room or time runs out. Acknowledged records go first, then ordinary ones, oldest first; what must
/// not be dropped goes last, and only when nothing else is left (DESIGN 3).
/// </summary>
internal static class SpoolRoom
{
    /// <summary>The next step before records are written.</summary>
    /// <param name="segments">Oldest first.</param>
    /// <param name="acknowledged">What the controller holds.</param>
    /// <param name="ordinaryBytes">Bytes of ordinary records to come.</param>
    /// <param name="urgentBytes">Bytes of others to come.</param>
    /// <param name="options">The bounds.</param>
    public static (RoomStep Step, int Index) Next(
        Segment[] segments, long acknowledged, long ordinaryBytes, long urgentBytes, SpoolOptions options)
    {
        long ordinary = segments.Sum(segment => segment.Written.OrdinaryBytes);
        bool isFull = segments.Sum(segment => segment.Written.Length) + ordinaryBytes + urgentBytes > options.MaximumBytes;
        bool isShareUsed = ordinaryBytes > 0 && ordinary + ordinaryBytes > options.MaximumBytes - options.ReservedBytes;
        if (!isFull && !isShareUsed)
        {
            return default;
        }

        bool IsAcknowledged(Segment segment) => !segment.Written.IsEmpty && segment.Written.Last <= acknowledged;
        int index = Array.FindIndex(segments, segment => IsAcknowledged(segment) && segment.Written.OrdinaryBytes > 0);
        if (index < 0 && isFull && Array.FindIndex(segments, IsAcknowledged) is >= 0 and var held)
        {
            return Remove(segments, held);
        }

        index = index >= 0 ? index : Array.FindIndex(segments, segment => segment.Written.OrdinaryBytes > 0);
        return index >= 0 ? DropOrdinary(segments, index) : isFull ? Remove(segments, 0) : default;
    }

    /// <summary>The next step for records that the controller holds and that were kept for their time.</summary>
    /// <param name="segments">Oldest first.</param>
    /// <param name="acknowledged">What the controller holds.</param>
    /// <param name="ordinaryBefore">Ordinary records older than this are not wanted any more.</param>
    /// <param name="urgentBefore">The same for those that show findings and outcomes.</param>
    public static (RoomStep Step, int Index) Next(
        Segment[] segments, long acknowledged, DateTimeOffset ordinaryBefore, DateTimeOffset urgentBefore)
    {
        for (var i = 0; i < segments.Length - 1; i++)
        {
            SegmentContent content = segments[i].Written;
            if (content.Last > acknowledged)
            {
                break;
            }

            if (content.Youngest < urgentBefore || content.IsEmpty)
            {
                return (RoomStep.Remove, i);
            }

            if (content.OrdinaryBytes > 0 && content.YoungestOrdinary < ordinaryBefore)
            {
                return DropOrdinary(segments, i);
            }
        }

        return default;
    }

    /// <summary>
    /// The next step when others have used up the disk: what the controller holds goes, then, for what must not be dropped,
    /// what can go without anything being written.
    /// </summary>
    public static (RoomStep Step, int Index) NextOnFullDisk(Segment[] segments, long acknowledged, bool forUrgent)
    {
        if (segments.Length < 2)
        {
            return default;
        }

        bool isHeld = segments[0].Written.Last <= acknowledged;
        int index = isHeld ? 0 : forUrgent ? Array.FindIndex(segments, 0, segments.Length - 1, segment => segment.Written.UrgentBytes == 0) : -1;
        return index >= 0 ? (RoomStep.Remove, index) : default;
    }

    private static (RoomStep Step, int Index) DropOrdinary(Segment[] segments, int index) =>
        index == segments.Length - 1 ? (RoomStep.Close, index)
        : segments[index].Written.UrgentBytes == 0 ? (RoomStep.Remove, index)
        : (RoomStep.DropOrdinary, index);

    private static (RoomStep Step, int Index) Remove(Segment[] segments, int index) =>
        index < segments.Length - 1 ? (RoomStep.Remove, index)
        : index >= 0 && index < segments.Length && !segments[index].Written.IsEmpty ? (RoomStep.Close, index)
        : default;
}
