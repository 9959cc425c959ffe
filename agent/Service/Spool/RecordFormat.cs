using System.Buffers.Binary;
using HaiSoft.Protocol.Checksums;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// How a record lies in a segment, little-endian: marker (4 bytes), length of the payload (4), CRC-32C of all that
/// follows and of the length (4), priority (1), zeros (3), sequence (8), Unix milliseconds (8), payload. The marker lets
/// recovery find the next record behind a damaged one.
/// </summary>
internal static class RecordFormat
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderLength = 32;

    /// <summary>The largest payload; a larger one is refused when it is submitted. The controller takes reports of 1 MiB.</summary>
    public const int MaximumPayload = (1024 * 1024) - 64;

    /// <summary>"HSR1".</summary>
    public const uint Marker = 0x31525348;

    /// <summary>Writes a record at the start of <paramref name="target"/>, which has room for it.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> target, SpooledRecord record)
    {
        int length = record.Payload.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(target, Marker);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], length);
        target[12] = (byte)record.Priority;
        target[13..16].Clear();
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], record.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], record.WrittenTime.ToUnixTimeMilliseconds());
        record.Payload.Span.CopyTo(target[HeaderLength..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], Checksum(target[..(HeaderLength + length)]));
        return HeaderLength + length;
    }

    /// <summary>
    /// How many bytes the record takes whose header lies at the start of <paramref name="source"/>; <c>null</c> when none can
    /// lie there. Only reading it shows that it is undamaged.
    /// </summary>
    public static int? LengthOf(ReadOnlySpan<byte> source)
    {
        if (source.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(source) != Marker)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(source[4..]);
        return length is >= 0 and <= MaximumPayload ? HeaderLength + length : null;
    }

    /// <summary>Reads the record at the start of <paramref name="source"/>; <c>null</c> when none lies there whole and undamaged.</summary>
    /// <remarks>The payload refers to <paramref name="source"/>.</remarks>
    public static SpooledRecord? Read(ReadOnlyMemory<byte> source)
    {
        ReadOnlySpan<byte> span = source.Span;
        if (LengthOf(span) is not { } length
            || span.Length < length
            || BinaryPrimitives.ReadUInt32LittleEndian(span[8..]) != Checksum(span[..length]))
        {
            return null;
        }

        long milliseconds = BinaryPrimitives.ReadInt64LittleEndian(span[24..]);
        return new SpooledRecord(
            BinaryPrimitives.ReadInt64LittleEndian(span[16..]),
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, 253402300799999)),
            span[12] == (byte)Priority.Urgent ? Priority.Urgent : Priority.Ordinary,
            source[HeaderLength..length]);
    }

    /// <summary>These bytes are one record whose length alone was damaged.</summary>
    public static bool IsWholeButForLength(ReadOnlySpan<byte> record)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, record.Length - HeaderLength);
        return BinaryPrimitives.ReadUInt32LittleEndian(record[8..]) == Crc32C.Of(record[12..], Crc32C.Of(length));
    }

    private static uint Checksum(ReadOnlySpan<byte> record) => Crc32C.Of(record[12..], Crc32C.Of(record[4..8]));
}
