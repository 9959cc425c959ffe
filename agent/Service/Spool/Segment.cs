using System.Globalization;

namespace HaiSoft.Agent.Spool;

/// <summary>What is known of one segment file.</summary>
internal sealed class Segment
{
    /// <summary>Ends the names of segment files.</summary>
    public const string Extension = ".segment";

    private readonly Lock _gate = new();
    private long _durableLength = SegmentHeader.Length;
    private (long Last, long First, long OrdinaryBytes, DateTimeOffset YoungestTime) _durable;
    private (long After, long Position) _mark;

    /// <summary>A segment without records.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="ordinal">Its place among all segments ever made.</param>
    /// <param name="after">The highest sequence given before it was begun.</param>
    public Segment(string path, long ordinal, long after)
    {
        Path = path;
        Ordinal = ordinal;
        After = Last = after;
        _mark = (after, SegmentHeader.Length);
        _durable = (after, 0, 0, DateTimeOffset.UnixEpoch);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its place among all segments ever made, epochs included.</summary>
    public long Ordinal { get; }

    /// <summary>The highest sequence given before it was begun.</summary>
    public long After { get; }

    /// <summary>The highest sequence in it; <see cref="After"/> while it has none.</summary>
    public long Last { get; private set; }

    /// <summary>The lowest sequence in it; 0 while it has none.</summary>
    public long First { get; private set; }

    /// <summary>Bytes of the file, header included.</summary>
    public long Length { get; private set; } = SegmentHeader.Length;

    /// <summary>The part of <see cref="Length"/> that is durable; read from any thread.</summary>
    public long DurableLength => Interlocked.Read(ref _durableLength);

    /// <summary>Bytes of its ordinary records.</summary>
    public long OrdinaryBytes { get; private set; }

    /// <summary>When its youngest record was written.</summary>
    public DateTimeOffset YoungestTime { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>No record is in it.</summary>
    public bool IsEmpty => Length == SegmentHeader.Length;

    /// <summary>The name of a segment's file.</summary>
    public static string NameOf(long ordinal) => ordinal.ToString("d12", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The ordinal that a file's name tells; <c>null</c> for a file of another kind.</summary>
    public static long? OrdinalOf(string path) =>
        long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out long ordinal)
            ? ordinal
            : null;

    /// <summary>Counts a record that was written, or found, at its end.</summary>
    public void Add(SpooledRecord record)
    {
        int bytes = RecordFormat.HeaderLength + record.Payload.Length;
        Length += bytes;
        Last = Math.Max(Last, record.Sequence);
        First = First == 0 ? record.Sequence : First;
        OrdinaryBytes += record.Priority == Priority.Ordinary ? bytes : 0;
        if (record.WrittenTime > YoungestTime)
        {
            YoungestTime = record.WrittenTime;
        }
    }

    /// <summary>All of it is durable.</summary>
    public void MarkDurable()
    {
        _durable = (Last, First, OrdinaryBytes, YoungestTime);
        Interlocked.Exchange(ref _durableLength, Length);
    }

    /// <summary>Only what is durable was written.</summary>
    public void ForgetUnsynced()
    {
        Length = DurableLength;
        (Last, First, OrdinaryBytes, YoungestTime) = _durable;
    }

    /// <summary>Counts bytes that lie in the file and hold no record.</summary>
    public void AddDamage(long bytes) => Length += bytes;

    /// <summary>Where to begin to look for what follows a sequence.</summary>
    public long PositionAfter(long sequence)
    {
        lock (_gate)
        {
            return sequence >= _mark.After ? _mark.Position : SegmentHeader.Length;
        }
    }

    /// <summary>Records up to a sequence lie before a position.</summary>
    public void Remember(long sequence, long position)
    {
        lock (_gate)
        {
            _mark = (sequence, position);
        }
    }
}
