namespace HaiSoft.Agent.Spool;

/// <summary>
/// Mends what recovery found: a torn tail is cut, damaged bytes are set aside in files of their own, and what is good stays.
/// Each step is made once; when the disk does not take one, it and those behind it are tried again later.
/// </summary>
internal sealed class SpoolMending
{
    /// <summary>Ends the names of files with damaged bytes.</summary>
    public const string DamagedExtension = ".damaged";

    private const int MaximumDamagedFiles = 16;
    private readonly ISpoolDisk _disk;
    private readonly SegmentList _segments;
    private readonly Queue<Action> _steps = [];

    public SpoolMending(ISpoolDisk disk, SegmentList segments, FoundSpool found, string epoch)
    {
        _disk = disk;
        _segments = segments;
        Add(found.Leftovers, disk.Delete);
        Add(found.Unusable, SetAsideWhole);
        for (var i = 0; i < found.Segments.Count; i++)
        {
            (int index, FoundSegment segment) = (i, found.Segments[i]);
            if (segment.TornAt is { } place)
            {
                _steps.Enqueue(() => disk.Cut(segment.Segment.Name, place));
            }

            if (segment.Damage.Count > 0 || segment.Header is null || segment.HasRepeats)
            {
                _steps.Enqueue(() => Mend(index, segment, epoch));
            }
            else if (i == found.Segments.Count - 1)
            {
                _steps.Enqueue(() => WriteAgain(segment.Segment));
            }
        }

        if (DamagedBytes > 0 || found.Unusable.Count > 0)
        {
            _steps.Enqueue(LimitDamagedFiles);
        }
    }

    /// <summary>Damaged bytes that were set aside so far.</summary>
    public long DamagedBytes { get; private set; }

    /// <summary>Nothing is left to mend.</summary>
    public bool IsDone => _steps.Count == 0;

    /// <summary>Mends what is left.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Run()
    {
        while (_steps.TryPeek(out Action? step))
        {
            step();
            _steps.Dequeue();
        }
    }

    private void Add(IEnumerable<string> names, Action<string> step)
    {
        foreach (string name in names)
        {
            _steps.Enqueue(() => step(name));
        }
    }

    private void SetAsideWhole(string name)
    {
        long length = _disk.LengthOf(name);
        _disk.Rename(name, name + DamagedExtension);
        _disk.SyncFolder();
        DamagedBytes += length;
    }

    private void Mend(int index, FoundSegment found, string epoch)
    {
        long damaged = 0;
        if (found.Header is null)
        {
            SetAside(found.Segment.Name, 0, SegmentHeader.Length);
            damaged += SegmentHeader.Length;
        }

        foreach ((long offset, long length) in found.Damage)
        {
            SetAside(found.Segment.Name, offset, length);
            damaged += length;
        }

        long last = index > 0 ? _segments[index - 1].Durable.Last : 0;
        SegmentHeader header = found.Header ?? new SegmentHeader(epoch, last);
        // Where nothing was good, the place stays: its header tells which sequences were given.
        _segments.Replace(index, old => SegmentRewriter.Rewrite(_disk, old, old.Ordinal, header, Keep)
            ?? SegmentRewriter.WriteEmpty(_disk, old.Ordinal, header with { After = Math.Max(header.After, old.Durable.Last) }));
        _disk.SyncFolder();
        DamagedBytes += damaged;
        if (damaged > 0)
        {
            LimitDamagedFiles();
        }

        SpooledRecord? Keep(SpooledRecord record)
        {
            bool isNew = record.Sequence > last;
            last = Math.Max(last, record.Sequence);
            return isNew ? record : null;
        }
    }

    // That it can be read does not make it durable: the process before may not have come to its sync, or been told that it failed,
    // after which the kernel calls what was lost clean. Written again, it is dirty again. The same goes for its name in the folder.
    private void WriteAgain(Segment newest)
    {
        byte[] bytes = new byte[64 * 1024];
        for (long offset = 0; offset < newest.Durable.Length;)
        {
            int count = _disk.Read(newest.Name, bytes.AsSpan(0, (int)Math.Min(bytes.Length, newest.Durable.Length - offset)), offset);
            if (count == 0)
            {
                break;
            }

            _disk.Write(newest.Name, bytes.AsSpan(0, count), offset);
            offset += count;
        }

        _disk.Sync(newest.Name);
        _disk.SyncFolder();
    }

    private void SetAside(string name, long offset, long length)
    {
        string aside = $"{name}.{offset}{DamagedExtension}";
        byte[] bytes = new byte[length];
        try
        {
            _ = _disk.Read(name, bytes, offset);
        }
        catch (IOException)
        {
            // Not even that can be read: what is kept are zeros, and where they were.
        }

        _disk.Create(aside);
        _disk.Write(aside, bytes, 0);
        _disk.Sync(aside);
        _disk.SyncFolder();
    }

    private void LimitDamagedFiles()
    {
        List<string> aside = [.. _disk.List().Where(name => name.EndsWith(DamagedExtension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        foreach (string name in aside.Take(aside.Count - MaximumDamagedFiles))
        {
            _disk.Delete(name);
        }
    }
}
