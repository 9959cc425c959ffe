using System.Globalization;

namespace HaiSoft.Agent.Spool;

/// <summary>One segment file: what was written to it, and the part of that which is durable.</summary>
internal sealed class Segment
{
    /// <summary>Ends the names of segment files.</summary>
    public const string Extension = ".segment";

    private volatile SegmentContent _durable;
    private volatile Mark _mark = new(0, SegmentHeader.Length);
    private int _damageTold;

    /// <param name="name">Its file.</param>
    /// <param name="ordinal">Its place among all segments ever made, epochs included.</param>
    /// <param name="content">What is in it, durable.</param>
    public Segment(string name, long ordinal, SegmentContent content)
    {
        Name = name;
        Ordinal = ordinal;
        Written = _durable = content;
    }

    public string Name { get; }

    public long Ordinal { get; }

    /// <summary>What was written; the writer's own.</summary>
    public SegmentContent Written { get; private set; }

    /// <summary>What is durable; read from any thread.</summary>
    public SegmentContent Durable => _durable;

    /// <summary>The name of a segment's file.</summary>
    public static string NameOf(long ordinal) => ordinal.ToString("d12", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The ordinal that a file's name tells; <c>null</c> for a file of another kind.</summary>
    public static long? OrdinalOf(string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(0, name.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long ordinal)
            ? ordinal
            : null;

    /// <summary>A record was written at its end.</summary>
    public void Add(SpooledRecord record) => Written = Written.With(record);

    /// <summary>All that was written is durable.</summary>
    public void MarkDurable() => _durable = Written;

    /// <summary>Only what is durable was written.</summary>
    public void ForgetUnsynced() => Written = _durable;

    /// <summary>Damage was met in it.</summary>
    /// <returns>True the first time.</returns>
    public bool TellDamage() => Interlocked.Exchange(ref _damageTold, 1) == 0;

    /// <summary>Where to begin to look for what follows a sequence.</summary>
    public long PositionAfter(long sequence) => _mark is { } mark && sequence >= mark.After ? mark.Position : SegmentHeader.Length;

    /// <summary>Records up to a sequence lie before a position.</summary>
    public void Remember(long sequence, long position) => _mark = new Mark(sequence, position);

    private sealed record Mark(long After, long Position);
}
