using System.Buffers;

namespace HaiSoft.Agent.Spool;

/// <summary>Writes the records of a segment that are still wanted to a new file, whole or not at all.</summary>
internal static class SegmentRewriter
{
    /// <summary>Ends the names of files that are being written.</summary>
    public const string UnfinishedExtension = ".new";

    /// <summary>Makes the new file durable, and puts it in place of one of that name, which is certain after the folder's next sync.</summary>
    /// <param name="disk">Where both lie.</param>
    /// <param name="source">The segment to read, as far as it is durable.</param>
    /// <param name="ordinal">The new one's place.</param>
    /// <param name="header">The new one's header.</param>
    /// <param name="keep">The record as it is kept; <c>null</c> for one that is not.</param>
    /// <returns>The new segment; <c>null</c>, and no file, when nothing was kept.</returns>
    public static Segment? Rewrite(
        ISpoolDisk disk, Segment source, long ordinal, SegmentHeader header, Func<SpooledRecord, SpooledRecord?> keep)
    {
        string name = Segment.NameOf(ordinal);
        string unfinished = name + UnfinishedExtension;
        SegmentContent content = SegmentContent.None(header.After);
        disk.Create(unfinished);
        disk.Write(unfinished, header.ToBytes(), 0);
        using (SegmentScanner scanner = new(disk, source.Name, SegmentHeader.Length, source.Durable.Length))
        {
            while (scanner.Next() is { } piece)
            {
                if (piece.Record is { } record && keep(record) is { } kept)
                {
                    WriteRecord(disk, unfinished, kept, content.Length);
                    content = content.With(kept);
                }
            }
        }

        if (content.IsEmpty)
        {
            disk.Delete(unfinished);
            return null;
        }

        disk.Sync(unfinished);
        disk.Rename(unfinished, name);
        return new Segment(name, ordinal, content);
    }

    /// <summary>Makes a segment without records, durable when it returns.</summary>
    public static Segment WriteEmpty(ISpoolDisk disk, long ordinal, SegmentHeader header)
    {
        string name = Segment.NameOf(ordinal);
        string unfinished = name + UnfinishedExtension;
        disk.Create(unfinished);
        disk.Write(unfinished, header.ToBytes(), 0);
        disk.Sync(unfinished);
        disk.Rename(unfinished, name);
        disk.SyncFolder();
        return new Segment(name, ordinal, SegmentContent.None(header.After));
    }

    /// <summary>Writes one record at a place.</summary>
    public static void WriteRecord(ISpoolDisk disk, string name, SpooledRecord record, long offset)
    {
        int length = RecordFormat.HeaderLength + record.Payload.Length;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            RecordFormat.Write(buffer, record);
            disk.Write(name, buffer.AsSpan(0, length), offset);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
