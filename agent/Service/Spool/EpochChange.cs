namespace HaiSoft.Agent.Spool;

/// <summary>
/// A change of epoch under way: segment by segment, the records that are not acknowledged are written again under the new
/// epoch, then the old segment goes. A crash leaves each record in one of both, or in both of one pair that tells so.
/// </summary>
internal sealed class EpochChange
{
    private readonly Queue<Segment> _left;
    private readonly List<Segment> _old;
    private readonly long _acknowledged;

    /// <param name="epoch">The new one.</param>
    /// <param name="acknowledged">Records up to this old sequence are acknowledged, and left.</param>
    /// <param name="shift">What old sequences are above new ones.</param>
    /// <param name="old">The segments of the old epoch, oldest first.</param>
    public EpochChange(string epoch, long acknowledged, long shift, IEnumerable<Segment> old)
    {
        Epoch = epoch;
        Shift = shift;
        _acknowledged = acknowledged;
        _old = [.. old];
        _left = new Queue<Segment>(_old.Where(segment => segment.Durable.Last > acknowledged));
    }

    public string Epoch { get; }

    public long Shift { get; }

    /// <summary>The next segment to move; <c>null</c> when none is left.</summary>
    public Segment? Next => _left.TryPeek(out Segment? next) ? next : null;

    /// <summary>The rest of a change that a crash cut short.</summary>
    /// <param name="epoch">The youngest epoch found.</param>
    /// <param name="found">What was found.</param>
    /// <param name="last">The highest sequence that was moved.</param>
    public static EpochChange CutShort(string epoch, FoundSpool found, long last)
    {
        HashSet<long> moved = [.. found.Segments.Select(segment => segment.Header?.Source ?? 0)];
        List<Segment> left = [.. found.Strays.Select(stray => stray.Segment).Where(stray => !moved.Contains(stray.Ordinal))];
        long first = left.Where(stray => !stray.Durable.IsEmpty && stray.Durable.Last > found.Shift)
            .Select(stray => Math.Max(stray.Durable.First, found.Shift + 1)).FirstOrDefault(long.MaxValue);
        // A folder put together from several copies may hold sequences that do not follow each other: they are made to.
        long shift = first - found.Shift > last ? found.Shift : first - 1 - last;
        EpochChange change = new(epoch, found.Shift, shift, left);
        change._old.AddRange(found.Strays.Select(stray => stray.Segment).Where(stray => moved.Contains(stray.Ordinal)));
        return change;
    }

    /// <summary>Writes what is wanted of an old segment as one of the new epoch.</summary>
    public Segment? Move(ISpoolDisk disk, Segment old, long ordinal, long after) => SegmentRewriter.Rewrite(
        disk,
        old,
        ordinal,
        new SegmentHeader(Epoch, after, old.Ordinal, Shift),
        record => record.Sequence > _acknowledged ? record with { Sequence = record.Sequence - Shift } : null);

    /// <summary>The next segment was moved.</summary>
    public void Moved() => _left.Dequeue();

    /// <summary>Removes what is left of the old epoch; the new one has a segment by now.</summary>
    public void RemoveOld(ISpoolDisk disk)
    {
        foreach (Segment segment in _old)
        {
            disk.Delete(segment.Name);
        }

        disk.SyncFolder();
    }
}
