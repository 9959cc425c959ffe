using System.Buffers.Binary;

namespace HaiSoft.Agent.Spool;

/// <summary>What lies in a segment's bytes behind its header.</summary>
internal static class SegmentScan
{
    /// <summary>A piece of a segment.</summary>
    /// <param name="Offset">Where it begins in the file.</param>
    /// <param name="Length">Its bytes.</param>
    /// <param name="Record">The record; <c>null</c> for bytes that hold none.</param>
    internal readonly record struct Piece(int Offset, int Length, SpooledRecord? Record)
    {
        /// <summary>Where the next piece begins.</summary>
        public int End => Offset + Length;
    }

    /// <summary>Cuts bytes of a segment into records and the damage between them, in order and without holes.</summary>
    /// <param name="bytes">Bytes of a segment, up to its end.</param>
    /// <param name="from">Where to begin: at a record's first byte, <see cref="SegmentHeader.Length"/> for the whole.</param>
    public static IEnumerable<Piece> Pieces(ReadOnlyMemory<byte> bytes, int from)
    {
        while (from < bytes.Length)
        {
            SpooledRecord? record = RecordFormat.Read(bytes[from..]);
            int end = record is null ? FindRecord(bytes, from + 1) : from + RecordFormat.HeaderLength + record.Payload.Length;
            yield return new Piece(from, end - from, record);
            from = end;
        }
    }

    /// <summary>No whole record lies at the start of these bytes.</summary>
    public static bool StartsWithCutRecord(ReadOnlyMemory<byte> bytes) => RecordFormat.Read(bytes) is null;

    private static int FindRecord(ReadOnlyMemory<byte> file, int from)
    {
        Span<byte> marker = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(marker, RecordFormat.Marker);
        while (from < file.Length)
        {
            int found = file.Span[from..].IndexOf(marker);
            if (found < 0)
            {
                return file.Length;
            }

            from += found;
            if (RecordFormat.Read(file[from..]) is not null)
            {
                return from;
            }

            from++;
        }

        return file.Length;
    }
}
