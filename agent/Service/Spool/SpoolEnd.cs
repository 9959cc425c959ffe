namespace HaiSoft.Agent.Spool;

/// <summary>
/// The end of the spool, where records are added: the segment that is written to, and the next one when it is full or a write
/// to it failed. For the writer's thread; <see cref="Durable"/> is read from any.
/// </summary>
internal sealed class SpoolEnd
{
    private readonly ISpoolDisk _disk;
    private readonly SegmentList _segments;
    private readonly int _segmentBytes;
    private readonly Func<long, SegmentHeader> _headerAfter;
    private long _durable;
    private Segment? _active;
    private Segment? _abandoned;

    /// <param name="disk">Where segments lie.</param>
    /// <param name="segments">All of them; new ones are added.</param>
    /// <param name="segmentBytes">Size at which a segment is closed.</param>
    /// <param name="nextOrdinal">The ordinal of the next segment.</param>
    /// <param name="durable">The highest sequence that is durable.</param>
    /// <param name="headerAfter">The header of a segment that is begun after a sequence.</param>
    public SpoolEnd(
        ISpoolDisk disk, SegmentList segments, int segmentBytes, long nextOrdinal, long durable, Func<long, SegmentHeader> headerAfter)
    {
        _disk = disk;
        _segments = segments;
        _segmentBytes = segmentBytes;
        NextOrdinal = nextOrdinal;
        _durable = durable;
        _headerAfter = headerAfter;
    }

    /// <summary>The ordinal of the next segment.</summary>
    public long NextOrdinal { get; private set; }

    /// <summary>The highest sequence that is durable.</summary>
    public long Durable => Interlocked.Read(ref _durable);

    /// <summary>The newest segment is whole and durable: it is written to again, if there is room in it.</summary>
    public void GoOn() => _active = _segments.Newest is { } newest && newest.Durable.Length < _segmentBytes ? newest : null;

    /// <summary>Writes a record. It is durable after the next <see cref="Sync"/>.</summary>
    public void Append(SpooledRecord record)
    {
        int length = RecordFormat.HeaderLength + record.Payload.Length;
        if (_active is null || (_active.Written.Length + length > _segmentBytes && !_active.Written.IsEmpty))
        {
            Roll(record.Sequence - 1);
        }

        // Always at the known end: what a failed write may have left there is overwritten.
        SegmentRewriter.WriteRecord(_disk, _active!.Name, record, _active.Written.Length);
        _active.Add(record);
    }

    /// <summary>Tries after a failure whether the disk takes something.</summary>
    /// <param name="last">The highest sequence given.</param>
    public void Probe(long last)
    {
        if (_active is null)
        {
            Roll(last);
        }
    }

    /// <summary>Makes everything that was appended durable.</summary>
    public void Sync()
    {
        if (_active is not null && _active.Written != _active.Durable)
        {
            _disk.Sync(_active.Name);
            _active.MarkDurable();
            Interlocked.Exchange(ref _durable, _active.Written.Last);
        }
    }

    /// <summary>
    /// After a failed write or sync: what is not durable was not written. The kernel may have thrown it away and call it
    /// clean, so the next record begins a new segment and the caller appends again.
    /// </summary>
    public void ForgetUnsynced()
    {
        _active?.ForgetUnsynced();
        _abandoned = _active ?? _abandoned;
        _active = null;
    }

    /// <summary>Begins the next segment; the one before is durable.</summary>
    /// <param name="after">The highest sequence given.</param>
    public void Roll(long after)
    {
        Sync();
        CleanAbandoned();
        Segment segment = SegmentRewriter.WriteEmpty(_disk, NextOrdinal, _headerAfter(after));
        NextOrdinal++;
        _segments.Add(segment);
        _active = segment;
    }

    /// <summary>The newest segment is not written to any more.</summary>
    public void Close() => _active = null;

    /// <summary>Another epoch begins: no segment is there yet, and nothing is durable.</summary>
    public void Begin()
    {
        _active = _abandoned = null;
        Interlocked.Exchange(ref _durable, 0);
    }

    /// <summary>Takes a segment in that was written elsewhere, durable, with <see cref="NextOrdinal"/>.</summary>
    public void Take(Segment segment)
    {
        NextOrdinal++;
        _segments.Add(segment);
        Interlocked.Exchange(ref _durable, segment.Durable.Last);
    }

    // What failed to be written there must not be found again.
    private void CleanAbandoned()
    {
        if (_abandoned is { Written.IsEmpty: true } && _abandoned == _segments.Newest)
        {
            _segments.Remove(_segments.Count - 1, segment => _disk.Delete(segment.Name));
        }
        else if (_abandoned is not null)
        {
            _disk.Cut(_abandoned.Name, _abandoned.Written.Length);
        }

        _abandoned = null;
    }
}
