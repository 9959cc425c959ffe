namespace HaiSoft.Agent.Spool;

/// <summary>A segment as it was found after a stop or a crash.</summary>
/// <param name="Segment">What is in it.</param>
/// <param name="Header">Absent when it is damaged.</param>
/// <param name="Damage">Where bytes lie that hold no record.</param>
/// <param name="TornAt">Where a record begins that was being written when the power went; <c>null</c> for none.</param>
/// <param name="HasRepeats">Records of the segments before it are in it again: a write failed and was made again elsewhere.</param>
internal sealed record FoundSegment(
    Segment Segment, SegmentHeader? Header, IReadOnlyList<(long Offset, long Length)> Damage, long? TornAt, bool HasRepeats);

/// <summary>What a spool's folder holds.</summary>
/// <param name="Epoch">The youngest epoch; <c>null</c> when nothing tells one.</param>
/// <param name="Shift">What sequences of the epoch before are above those of this one.</param>
/// <param name="Segments">Those of the youngest epoch, oldest first.</param>
/// <param name="Strays">Those of epochs before it: a change of epoch was cut short.</param>
/// <param name="Unusable">Files without a header and without a record, that hold something all the same.</param>
/// <param name="Leftovers">Files that were never finished.</param>
/// <param name="NextOrdinal">The ordinal of the next segment.</param>
internal sealed record FoundSpool(
    string? Epoch,
    long Shift,
    IReadOnlyList<FoundSegment> Segments,
    IReadOnlyList<FoundSegment> Strays,
    IReadOnlyList<string> Unusable,
    IReadOnlyList<string> Leftovers,
    long NextOrdinal);

/// <summary>Reads what a spool's folder holds after a stop or a crash. It changes nothing: a read-only disk can still be read from.</summary>
internal static class SpoolRecovery
{
    public static FoundSpool Look(ISpoolDisk disk, SpoolCursor cursor)
    {
        IReadOnlyList<string> names = disk.List();
        List<(long Ordinal, string Name, SegmentHeader? Header)> files = ListSegments(disk, names);
        SegmentHeader? youngest = files.FindLast(file => file.Header is not null).Header;
        string? epoch = youngest?.Epoch ?? (cursor.Epoch.Length > 0 ? cursor.Epoch : null);
        List<FoundSegment> segments = [];
        List<FoundSegment> strays = [];
        List<string> unusable = [];
        List<string> leftovers = [.. names.Where(name => name.EndsWith(SegmentRewriter.UnfinishedExtension, StringComparison.Ordinal))];
        long last = 0;
        for (var i = 0; i < files.Count; i++)
        {
            (long ordinal, string name, SegmentHeader? header) = files[i];
            bool isStray = header is not null && header.Epoch != epoch;
            FoundSegment found = SegmentLook.Look(disk, name, ordinal, header, isStray ? 0 : last, isNewest: i == files.Count - 1);
            if (header is null && found.Segment.Durable.IsEmpty)
            {
                (SegmentLook.IsBlank(disk, name) ? leftovers : unusable).Add(name); // a segment that was being made, or nothing of ours
            }
            else if (isStray)
            {
                strays.Add(found);
            }
            else
            {
                last = found.Segment.Durable.Last;
                segments.Add(found);
            }
        }

        return new FoundSpool(epoch, youngest?.Shift ?? 0, segments, strays, unusable, leftovers, files.Count > 0 ? files[^1].Ordinal + 1 : 1);
    }

    private static List<(long Ordinal, string Name, SegmentHeader? Header)> ListSegments(ISpoolDisk disk, IReadOnlyList<string> names)
    {
        List<(long Ordinal, string Name, SegmentHeader? Header)> files = [];
        foreach (string name in names)
        {
            if (Segment.OrdinalOf(name) is { } ordinal)
            {
                files.Add((ordinal, name, SegmentLook.ReadHeader(disk, name)));
            }
        }

        files.Sort((left, right) => left.Ordinal.CompareTo(right.Ordinal));
        return files;
    }
}
