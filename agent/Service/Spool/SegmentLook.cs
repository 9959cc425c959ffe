namespace HaiSoft.Agent.Spool;

/// <summary>Reads one segment after a stop or a crash.</summary>
internal static class SegmentLook
{
    private const int TailBytes = 64;

    /// <summary>Its header; <c>null</c> when it is damaged or cannot be read.</summary>
    public static SegmentHeader? ReadHeader(ISpoolDisk disk, string name)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.Length];
        return TryRead(disk, name, bytes, 0) == bytes.Length ? SegmentHeader.Read(bytes) : null;
    }

    /// <summary>What is in it.</summary>
    /// <param name="disk">Where it lies.</param>
    /// <param name="name">Its file.</param>
    /// <param name="ordinal">Its place.</param>
    /// <param name="header">Its header, if that can be read.</param>
    /// <param name="last">The highest sequence of the segments before it.</param>
    /// <param name="isNewest">It was the one that was written to.</param>
    public static FoundSegment Look(ISpoolDisk disk, string name, long ordinal, SegmentHeader? header, long last, bool isNewest)
    {
        long length = disk.LengthOf(name);
        long after = Math.Max(last, header?.After ?? 0);
        SegmentContent content = SegmentContent.None(after);
        List<(long Offset, long Length)> damage = [];
        var hasRepeats = false;
        using (SegmentScanner scanner = new(disk, name, SegmentHeader.Length, length))
        {
            while (scanner.Next() is { } piece)
            {
                if (piece.Record is not { } record)
                {
                    Add(damage, piece);
                }
                else if (record.Sequence > content.Last)
                {
                    content = content.With(record);
                }
                else
                {
                    hasRepeats = true;
                }
            }
        }

        long? tornAt = isNewest && damage is [.., var tail] && tail.Offset + tail.Length == length && IsTorn(disk, name, tail) ? tail.Offset : null;
        if (tornAt is not null)
        {
            damage.RemoveAt(damage.Count - 1);
        }

        content = content with { Length = Math.Max(SegmentHeader.Length, tornAt ?? length) };
        return new FoundSegment(new Segment(name, ordinal, content), header, damage, tornAt, hasRepeats);
    }

    /// <summary>It holds nothing but zeros, or less than a header.</summary>
    public static bool IsBlank(ISpoolDisk disk, string name)
    {
        byte[] bytes = new byte[4096];
        long length = disk.LengthOf(name);
        for (long offset = 0; offset < length; offset += bytes.Length)
        {
            int count = TryRead(disk, name, bytes, offset);
            if (bytes.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                return length < SegmentHeader.Length;
            }
        }

        return true;
    }

    // A record that was being written ends with the file before its own end, or its last sectors were never written. One
    // that is whole, and wrong, was damaged later.
    private static bool IsTorn(ISpoolDisk disk, string name, (long Offset, long Length) tail)
    {
        if (tail.Length > RecordFormat.HeaderLength + RecordFormat.MaximumPayload)
        {
            return false;
        }

        byte[] bytes = new byte[tail.Length];
        return TryRead(disk, name, bytes, tail.Offset) == bytes.Length && IsTorn(bytes);
    }

    private static bool IsTorn(byte[] bytes) => bytes.Length < RecordFormat.HeaderLength
        || !bytes.AsSpan(Math.Max(0, bytes.Length - TailBytes)).ContainsAnyExcept((byte)0)
        || (RecordFormat.LengthOf(bytes) > bytes.Length && !RecordFormat.IsWholeButForLength(bytes));

    private static void Add(List<(long Offset, long Length)> damage, SegmentPiece piece)
    {
        if (damage is [.., var before] && before.Offset + before.Length == piece.Offset)
        {
            damage[^1] = (before.Offset, before.Length + piece.Length);
        }
        else
        {
            damage.Add((piece.Offset, piece.Length));
        }
    }

    private static int TryRead(ISpoolDisk disk, string name, Span<byte> into, long offset)
    {
        try
        {
            return disk.Read(name, into, offset);
        }
        catch (IOException)
        {
            into.Clear();
            return 0;
        }
    }
}
