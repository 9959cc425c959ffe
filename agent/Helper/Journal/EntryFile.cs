using System.Buffers.Binary;
using Google.Protobuf;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Checksums;

namespace HaiSoft.Agent.Helper.Journal;

/// <summary>
/// An order's entries, each behind its length (4 bytes, little-endian) and CRC-32C (4), in the order in which they were written. What lies
/// behind the last whole one was torn by a crash: it is not read, and the next entry is written in its place.
/// </summary>
internal sealed class EntryFile(string path)
{
    private const int HeaderBytes = 8;
    private const int LargestEntry = 64 << 10;

    /// <summary>All whole entries.</summary>
    public IReadOnlyList<OrderReport> Read() => Read(out _);

    /// <summary>Adds an entry. There is one who writes at a time.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="durably">A crash does not take it away after this returns; otherwise with the next that is durable.</param>
    public void Append(OrderReport entry, bool durably)
    {
        Read(out var end);
        var frame = new byte[HeaderBytes + entry.CalculateSize()];
        entry.WriteTo(frame.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Crc32C.Of(frame.AsSpan(HeaderBytes)));
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.SetLength(end);
        file.Position = end;
        file.Write(frame);
        if (durably)
            file.Flush(flushToDisk: true);
    }

    private List<OrderReport> Read(out int end)
    {
        var entries = new List<OrderReport>();
        var bytes = ReadBytes();
        end = 0;
        while (At(bytes.AsSpan(end), out var length) is { } entry && entry.Entry == entries.Count + 1)
        {
            entries.Add(entry);
            end += length;
        }

        return entries;
    }

    private byte[] ReadBytes()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    private static OrderReport? At(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes.Length >= HeaderBytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;
        if (length is <= 0 or > LargestEntry || bytes.Length < HeaderBytes + length)
            return null;
        var payload = bytes.Slice(HeaderBytes, length);
        length += HeaderBytes;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Crc32C.Of(payload) ? OrderReport.Parser.ParseFrom(payload) : null;
    }
}
