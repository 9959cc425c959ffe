using System.Buffers;
using System.Security.Cryptography;
using HaiSoft.Agent.Linux;
using Microsoft.Win32.SafeHandles;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// The spool's folder: append-only segments of one epoch. One thread writes, trims and syncs; <see cref="Read"/> may run
/// beside it and sees what is durable. Failures of the disk come as <see cref="IOException"/> and leave it usable.
/// </summary>
internal sealed class SpoolStore : IDisposable
{
    private readonly string _folder;
    private readonly SpoolOptions _options;
    private readonly Lock _gate = new();
    private readonly List<Segment> _segments;
    private long _nextOrdinal;
    private long _durable;
    private long _acknowledged;
    private long _savedAcknowledged;
    private SafeFileHandle? _active;

    private SpoolStore(string folder, SpoolOptions options, SpoolRecovery.Found found)
    {
        _folder = folder;
        _options = options;
        _segments = found.Segments;
        _nextOrdinal = found.NextOrdinal;
        Epoch = found.Epoch ?? NewEpoch();
        DamagedBytes = found.DamagedBytes;
        _durable = _segments.Count > 0 ? _segments[^1].Last : 0;
        _acknowledged = _savedAcknowledged = SpoolCursor.Read(folder, Epoch);
    }

    /// <summary>The life of this spool: 32 characters of [0-9a-f], random.</summary>
    public string Epoch { get; private set; }

    /// <summary>Damaged bytes that recovery set aside.</summary>
    public long DamagedBytes { get; }

    /// <summary>The highest sequence that is durable.</summary>
    public long Durable => Interlocked.Read(ref _durable);

    /// <summary>The highest sequence that the controller holds.</summary>
    public long Acknowledged
    {
        get => Interlocked.Read(ref _acknowledged);
        set => Interlocked.Exchange(ref _acknowledged, value);
    }

    /// <summary>The highest sequence written; 0 for none.</summary>
    public long Last => _segments.Count > 0 ? _segments[^1].Last : 0;

    /// <summary>Bytes of all segments.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                long bytes = 0;
                foreach (Segment segment in _segments)
                {
                    bytes += segment.Length;
                }

                return bytes;
            }
        }
    }

    /// <summary>The lowest sequence still held; 0 when none is.</summary>
    public long FirstHeld
    {
        get
        {
            lock (_gate)
            {
                foreach (Segment segment in _segments)
                {
                    if (segment.First > 0)
                    {
                        return segment.First;
                    }
                }

                return 0;
            }
        }
    }

    /// <summary>Opens the spool in <paramref name="folder"/>, making the folder (0700) where it is missing.</summary>
    public static SpoolStore Open(string folder, SpoolOptions options)
    {
        Directory.CreateDirectory(folder, DurableFile.Private | UnixFileMode.UserExecute);
        SpoolRecovery.Found found = SpoolRecovery.Recover(folder);
        SpoolStore store = new(folder, options, found);
        store.TakeIn(found.Strays, found.StrayPaths);
        return store;
    }

    /// <summary>Writes records at the end. They are durable after the next <see cref="Sync"/>.</summary>
    public void Append(IReadOnlyList<SpooledRecord> records)
    {
        foreach (SpooledRecord record in records)
        {
            int length = RecordFormat.HeaderLength + record.Payload.Length;
            if (_active is null || (_segments[^1].Length + length > _options.SegmentBytes && !_segments[^1].IsEmpty))
            {
                Roll(record.Sequence - 1);
            }

            byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                RecordFormat.Write(buffer, record);
                // Always at the known end: what a failed write may have left there is overwritten.
                RandomAccess.Write(_active!, buffer.AsSpan(0, length), _segments[^1].Length);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            lock (_gate)
            {
                _segments[^1].Add(record);
            }
        }
    }

    /// <summary>
    /// After a failed write or sync: what is not durable was not written. The kernel may have thrown it away and call it
    /// clean, so the next record begins a new segment and the caller appends again.
    /// </summary>
    public void ForgetUnsynced()
    {
        _active?.Dispose();
        _active = null;
        lock (_gate)
        {
            if (_segments.Count > 0)
            {
                _segments[^1].ForgetUnsynced();
            }
        }
    }

    /// <summary>Makes everything that was appended durable.</summary>
    public void Sync()
    {
        if (_active is not null)
        {
            RandomAccess.FlushToDisk(_active);
            _segments[^1].MarkDurable();
            Interlocked.Exchange(ref _durable, _segments[^1].Last);
        }
    }

    /// <summary>
    /// Durable records after a sequence, in order, at least one if there is one.
    /// </summary>
    /// <param name="after">The sequence before the first wanted.</param>
    /// <param name="maximumBytes">Payload bytes after which no further record is added.</param>
    /// <param name="into">Gets the records.</param>
    public void Read(long after, int maximumBytes, List<SpooledRecord> into)
    {
        Segment[] segments;
        lock (_gate)
        {
            segments = [.. _segments];
        }

        foreach (Segment segment in segments)
        {
            if (segment.Last > after && maximumBytes > 0)
            {
                maximumBytes = SegmentReader.Read(segment, after, maximumBytes, into);
                after = into.Count > 0 ? into[^1].Sequence : after;
            }
        }
    }

    /// <summary>Removes segments that the controller holds wholly and that are older than wanted, the cursor being durable first.</summary>
    public void Trim(DateTimeOffset olderThan)
    {
        while (_segments.Count > 1 && _segments[0].Last <= Acknowledged && _segments[0].YoungestTime < olderThan)
        {
            SaveCursor();
            Remove(0);
        }
    }

    /// <summary>Writes down how far the controller has acknowledged, if that changed.</summary>
    public void SaveCursor()
    {
        long acknowledged = Acknowledged;
        if (acknowledged != _savedAcknowledged)
        {
            SpoolCursor.Write(_folder, Epoch, acknowledged);
            _savedAcknowledged = acknowledged;
        }
    }

    /// <summary>
    /// Makes room for records: acknowledged ones go first, then ordinary ones, oldest first, then the oldest of all. What
    /// goes unacknowledged leaves a hole in the sequences, which is how it is told.
    /// </summary>
    public void MakeRoom(long ordinaryBytes, long urgentBytes)
    {
        while (IsOver(ordinaryBytes, urgentBytes))
        {
            if (_segments.Count == 0)
            {
                return;
            }

            int ordinary = _segments.FindIndex(segment => segment.OrdinaryBytes > 0);
            if (_segments.Count > 1 && _segments[0].Last <= Acknowledged)
            {
                SaveCursor();
                Remove(0);
            }
            else if (ordinary >= 0 && ordinary < _segments.Count - 1)
            {
                KeepUrgent(ordinary);
            }
            else if (!_segments[^1].IsEmpty)
            {
                Roll(Last);
            }
            else
            {
                Remove(0);
            }
        }
    }

    /// <summary>
    /// Begins a new life: the controller knows more of this epoch than the spool does, which was put back from a copy.
    /// Records that are not acknowledged go on under new sequences; those that the controller has are absorbed by their id.
    /// </summary>
    public void BeginEpoch()
    {
        List<SpooledRecord> kept = [];
        Read(Acknowledged, int.MaxValue, kept);
        List<string> paths = [];
        lock (_gate)
        {
            paths.AddRange(_segments.Select(segment => segment.Path));
            _segments.Clear();
        }

        _active?.Dispose();
        _active = null;
        Epoch = NewEpoch();
        Acknowledged = _savedAcknowledged = 0;
        Interlocked.Exchange(ref _durable, 0);
        Roll(0);
        TakeIn(kept, paths);
    }

    public void Dispose() => _active?.Dispose();

    private static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private bool IsOver(long ordinaryBytes, long urgentBytes)
    {
        long total = 0;
        long ordinary = 0;
        foreach (Segment segment in _segments)
        {
            total += segment.Length;
            ordinary += segment.OrdinaryBytes;
        }

        return total + ordinaryBytes + urgentBytes > _options.MaximumBytes
            || (ordinaryBytes > 0 && ordinary + ordinaryBytes > _options.MaximumBytes - _options.ReservedBytes);
    }

    private void TakeIn(List<SpooledRecord> records, List<string> paths)
    {
        long sequence = Last;
        Append([.. records.Select(record => record with { Sequence = ++sequence })]);
        Sync();
        foreach (string path in paths)
        {
            File.Delete(path);
        }
    }

    private void Roll(long after)
    {
        Sync();
        string path = Path.Combine(_folder, Segment.NameOf(_nextOrdinal));
        DurableFile.Replace(path, new SegmentHeader(Epoch, after).ToBytes(), DurableFile.Private);
        SafeFileHandle next = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete);
        _active?.Dispose();
        _active = next;
        lock (_gate)
        {
            _segments.Add(new Segment(path, _nextOrdinal++, after));
        }
    }

    private void KeepUrgent(int index)
    {
        Segment old = _segments[index];
        Segment kept = new(old.Path, old.Ordinal, old.After);
        using MemoryStream bytes = new();
        bytes.Write(new SegmentHeader(Epoch, old.After).ToBytes());
        foreach (SegmentScan.Piece piece in SegmentScan.Pieces(File.ReadAllBytes(old.Path), SegmentHeader.Length))
        {
            if (piece.Record is { Priority: Priority.Urgent } record)
            {
                var buffer = new byte[piece.Length];
                bytes.Write(buffer, 0, RecordFormat.Write(buffer, record));
                kept.Add(record);
            }
        }

        if (kept.IsEmpty)
        {
            Remove(index);
            return;
        }

        DurableFile.Replace(old.Path, bytes.ToArray(), DurableFile.Private);
        kept.MarkDurable();
        lock (_gate)
        {
            _segments[index] = kept;
        }
    }

    private void Remove(int index)
    {
        string path = _segments[index].Path;
        lock (_gate)
        {
            _segments.RemoveAt(index);
        }

        File.Delete(path);
        DurableFile.SyncFolder(_folder);
    }
}
