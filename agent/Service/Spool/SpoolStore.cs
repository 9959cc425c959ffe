using System.Security.Cryptography;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// The spool's folder: append-only segments of one epoch. One thread writes, trims and syncs; <see cref="Read"/> and
/// <see cref="Acknowledge"/> may run beside it, and see what is durable. Failures of the disk come as
/// <see cref="IOException"/> and leave it usable.
/// </summary>
internal sealed class SpoolStore : IDisposable
{
    private readonly ISpoolDisk _disk;
    private readonly SpoolOptions _options;
    private readonly SpoolCursor _cursor;
    private readonly SegmentList _segments;
    private readonly SpoolMending _mending;
    private readonly SpoolEnd _end;
    private readonly Lock _gate = new();
    private long _shift;
    private long _floor;
    private long _acknowledged;
    private long _readDamage;
    private EpochChange? _change;

    private SpoolStore(ISpoolDisk disk, SpoolOptions options, SpoolCursor cursor, FoundSpool found, string newEpoch)
    {
        _disk = disk;
        _options = options;
        _cursor = cursor;
        IsNew = found.Segments.Count == 0;
        Epoch = found.Epoch is { } epoch && !IsNew ? epoch : newEpoch;
        _segments = new SegmentList(found.Segments.Select(segment => segment.Segment));
        _mending = new SpoolMending(disk, _segments, found, Epoch);
        _shift = found.Shift;
        _acknowledged = cursor.Epoch == Epoch ? cursor.Acknowledged : 0;
        _floor = _acknowledged;
        _end = new SpoolEnd(disk, _segments, options.SegmentBytes, found.NextOrdinal, Last, HeaderAfter);
    }

    /// <summary>The life of this spool: 32 characters of [0-9a-f], random.</summary>
    public string Epoch { get; private set; }

    /// <summary>Nothing was there when it was opened.</summary>
    public bool IsNew { get; }

    /// <summary>Damaged bytes that were set aside, or met while reading.</summary>
    public long DamagedBytes => _mending.DamagedBytes + Interlocked.Read(ref _readDamage);

    /// <summary>The highest sequence that is durable.</summary>
    public long Durable => _end.Durable;

    /// <summary>The highest sequence that the controller holds.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>The highest sequence given; 0 for none. What was acknowledged was given, though it be lost since.</summary>
    public long Last => Math.Max(_floor, _segments.Newest?.Written.Last ?? 0);

    /// <summary>Bytes of all segments.</summary>
    public long Bytes => _segments.Snapshot().Sum(segment => segment.Durable.Length);

    /// <summary>The lowest sequence still held; 0 when none is.</summary>
    public long FirstHeld => Array.Find(_segments.Snapshot(), segment => !segment.Durable.IsEmpty)?.Durable.First ?? 0;

    /// <summary>Opens the spool on a disk, and takes the disk over.</summary>
    /// <param name="disk">Its folder.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="newEpoch">The epoch of a spool that is new; random when it is <c>null</c>.</param>
    /// <exception cref="IOException">The folder cannot be read, or a change of epoch cannot be brought to its end.</exception>
    public static SpoolStore Open(ISpoolDisk disk, SpoolOptions options, string? newEpoch = null)
    {
        disk.Prepare();
        SpoolCursor cursor = new(disk);
        cursor.Load();
        FoundSpool found = SpoolRecovery.Look(disk, cursor);
        SpoolStore store = new(disk, options, cursor, found, newEpoch ?? NewEpoch());
        store.TakeIn(found);
        return store;
    }

    /// <summary>A fresh epoch.</summary>
    public static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Mends what recovery found, once. Nothing is written before.</summary>
    public void Mend()
    {
        if (!_mending.IsDone || !_cursor.Exists)
        {
            SaveCursor(); // it knows the epoch, should a header be lost
            _mending.Run();
            _end.GoOn();
        }
    }

    /// <summary>Writes a record at the end. It is durable after the next <see cref="Sync"/>.</summary>
    public void Append(SpooledRecord record) => _end.Append(record);

    /// <summary>Tries after a failure whether the disk takes something.</summary>
    public void Probe() => _end.Probe(Last);

    /// <summary>Makes everything that was appended durable.</summary>
    public void Sync() => _end.Sync();

    /// <summary>After a failed write or sync: what is not durable was not written, and the caller appends it again.</summary>
    public void ForgetUnsynced() => _end.ForgetUnsynced();

    /// <summary>Durable records after a sequence, in order, at least one if there is one.</summary>
    /// <param name="epoch">Whose sequences are meant; another one has no records.</param>
    /// <param name="after">The sequence before the first wanted.</param>
    /// <param name="maximumBytes">Payload bytes after which no further record is added.</param>
    /// <param name="into">Gets the records.</param>
    public void Read(string epoch, long after, int maximumBytes, List<SpooledRecord> into) => _segments.Read(segments =>
    {
        foreach (Segment segment in epoch == Epoch ? segments : [])
        {
            if (segment.Durable.Last > after && maximumBytes > 0)
            {
                (maximumBytes, long damaged) = SegmentReader.Read(_disk, segment, after, maximumBytes, into);
                after = into.Count > 0 ? into[^1].Sequence : after;
                if (damaged > 0 && _mending.IsDone && segment.TellDamage())
                {
                    Interlocked.Add(ref _readDamage, damaged);
                }
            }
        }
    });

    /// <summary>The controller holds an epoch up to a sequence, which may be less than it once did.</summary>
    public void Acknowledge(string epoch, long sequence)
    {
        lock (_gate)
        {
            if (epoch == Epoch)
            {
                Interlocked.Exchange(ref _acknowledged, sequence);
            }
        }
    }

    /// <summary>Writes down how far the controller has acknowledged, if that changed.</summary>
    public void SaveCursor() => _cursor.Save(Epoch, Acknowledged);

    /// <summary>Removes what the controller holds and that was kept for its time, the cursor being durable first.</summary>
    public void Trim(DateTimeOffset now)
    {
        while (Step(SpoolRoom.Next(_segments.Snapshot(), Acknowledged, now - _options.KeepOrdinary, now - _options.KeepUrgent)))
        {
        }
    }

    /// <summary>
    /// Makes room for records. What goes unacknowledged leaves a hole in the sequences, which is how it is told.
    /// </summary>
    public void MakeRoom(long ordinaryBytes, long urgentBytes)
    {
        while (Step(SpoolRoom.Next(_segments.Snapshot(), Acknowledged, ordinaryBytes, urgentBytes, _options)))
        {
        }
    }

    /// <summary>Makes room on a disk that others have used up.</summary>
    /// <param name="forUrgent">Something waits that must not be dropped.</param>
    /// <returns>False when nothing could go.</returns>
    public bool GiveUp(bool forUrgent)
    {
        var any = false;
        while (Step(SpoolRoom.NextOnFullDisk(_segments.Snapshot(), Acknowledged, forUrgent && !any)))
        {
            any = true;
        }

        return any;
    }

    /// <summary>
    /// Begins a new life: the controller knows more of this epoch than the spool does, which was put back from a copy. Records
    /// that are not acknowledged go on under new sequences, their holes included. A failure leaves it under way: call again.
    /// </summary>
    /// <returns>What the old sequences are above the new ones.</returns>
    public long BeginEpoch()
    {
        _change ??= StartChange();
        while (_change.Next is { } old)
        {
            Continue(_change, old);
        }

        FinishChange(_change);
        long shift = _change.Shift;
        _change = null;
        return shift;
    }

    public void Dispose() => _disk.Dispose();

    private bool Step((RoomStep Step, int Index) next)
    {
        switch (next.Step)
        {
            case RoomStep.Remove:
                SaveCursor();
                _segments.Remove(next.Index, segment => _disk.Delete(segment.Name));
                _disk.SyncFolder();
                return true;
            case RoomStep.DropOrdinary:
                SaveCursor();
                _segments.Replace(next.Index, segment => KeepUrgent(segment, HeaderOf(next.Index)));
                _disk.SyncFolder();
                return true;
            case RoomStep.Close:
                _end.Roll(Last);
                return true;
            default:
                return false;
        }
    }

    private Segment? KeepUrgent(Segment segment, SegmentHeader header)
    {
        Segment? kept = SegmentRewriter.Rewrite(
            _disk, segment, segment.Ordinal, header, record => record.Priority == Priority.Urgent ? record : null);
        if (kept is null)
        {
            _disk.Delete(segment.Name);
        }

        return kept;
    }

    private SegmentHeader HeaderOf(int index) => HeaderAfter(index > 0 ? _segments[index - 1].Written.Last : 0);

    private SegmentHeader HeaderAfter(long sequence) => new(Epoch, sequence, 0, _shift);

    private EpochChange StartChange()
    {
        _end.Sync();
        lock (_gate)
        {
            EpochChange change = new(NewEpoch(), Acknowledged, shift: Acknowledged, _segments.Clear(() => Epoch = ""));
            Epoch = change.Epoch;
            _shift = change.Shift;
            _floor = 0;
            Interlocked.Exchange(ref _acknowledged, 0);
            _end.Begin();
            return change;
        }
    }

    private void Continue(EpochChange change, Segment old)
    {
        Segment? moved = change.Move(_disk, old, _end.NextOrdinal, Last);
        change.Moved();
        if (moved is not null)
        {
            _end.Take(moved);
            _disk.SyncFolder();
            _disk.Delete(old.Name);
        }
    }

    private void FinishChange(EpochChange change)
    {
        if (_segments.Count == 0)
        {
            _end.Roll(0);
        }

        change.RemoveOld(_disk);
        SaveCursor();
    }

    // Brings a change of epoch to its end that was cut short.
    private void TakeIn(FoundSpool found)
    {
        if (found.Strays.Count > 0)
        {
            Mend();
            _change = EpochChange.CutShort(Epoch, found, Last);
            _end.Close();
            BeginEpoch();
        }
    }
}
