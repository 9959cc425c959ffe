using Microsoft.Win32.SafeHandles;

namespace HaiSoft.Agent.Spool;

/// <summary>Reads records out of one segment, as far as it is durable.</summary>
internal static class SegmentReader
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Adds the records after a sequence.</summary>
    /// <param name="segment">Where to read.</param>
    /// <param name="after">The sequence before the first wanted.</param>
    /// <param name="maximumBytes">Payload bytes after which no further record is added.</param>
    /// <param name="into">Gets the records; their payloads are copies.</param>
    /// <returns>What is left of <paramref name="maximumBytes"/>; 0 or less when it is used up.</returns>
    public static int Read(Segment segment, long after, int maximumBytes, List<SpooledRecord> into)
    {
        long end = segment.DurableLength;
        using SafeFileHandle? file = Open(segment.Path);
        if (file is null)
        {
            return maximumBytes; // removed since: what it held is gone, and will be told as a gap
        }

        long position = segment.PositionAfter(after);
        while (position < end && maximumBytes > 0)
        {
            ReadOnlyMemory<byte> chunk = ReadChunk(file, position, end);
            (int used, maximumBytes) = Take(chunk, isRest: position + chunk.Length >= end, after, maximumBytes, into);
            position += used;
            if (into.Count > 0)
            {
                segment.Remember(into[^1].Sequence, position);
            }
        }

        return maximumBytes;
    }

    private static (int Used, int MaximumBytes) Take(
        ReadOnlyMemory<byte> chunk, bool isRest, long after, int maximumBytes, List<SpooledRecord> into)
    {
        var used = 0;
        foreach (SegmentScan.Piece piece in SegmentScan.Pieces(chunk, 0))
        {
            // Bytes without a record at a chunk's end may be a record that goes on behind it.
            if (maximumBytes <= 0 || (piece.Record is null && piece.End == chunk.Length && !isRest && used > 0))
            {
                break;
            }

            used = piece.End;
            if (piece.Record is { } record && record.Sequence > after)
            {
                into.Add(record);
                maximumBytes -= record.Payload.Length;
            }
        }

        return (used, maximumBytes);
    }

    private static byte[] ReadChunk(SafeFileHandle file, long position, long end)
    {
        var wanted = (int)Math.Min(end - position, ChunkBytes);
        byte[] bytes = ReadFully(file, position, wanted);
        if (wanted < end - position && SegmentScan.StartsWithCutRecord(bytes))
        {
            // One record larger than a chunk, or damage: the rest of the segment decides.
            bytes = ReadFully(file, position, (int)(end - position));
        }

        return bytes;
    }

    private static byte[] ReadFully(SafeFileHandle file, long position, int length)
    {
        var bytes = new byte[length];
        var read = 0;
        while (read < length && RandomAccess.Read(file, bytes.AsSpan(read), position + read) is > 0 and int count)
        {
            read += count;
        }

        return read == length ? bytes : bytes[..read];
    }

    private static SafeFileHandle? Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
