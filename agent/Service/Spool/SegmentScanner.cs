using System.Buffers;
using System.Buffers.Binary;

namespace HaiSoft.Agent.Spool;

/// <summary>A piece of a segment.</summary>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Record">The record, whose payload holds until the next piece is asked for; <c>null</c> for bytes that hold none.</param>
internal readonly record struct SegmentPiece(long Offset, int Length, SpooledRecord? Record)
{
    /// <summary>Where the next piece begins.</summary>
    public long End => Offset + Length;
}

/// <summary>
/// Walks through a segment: records and the damage between them, in order and without holes, with a small window in memory.
/// Sectors that the disk does not give are damage like any other.
/// </summary>
/// <param name="disk">Where the segment lies.</param>
/// <param name="name">Which one.</param>
/// <param name="from">Where to begin: at a record's first byte.</param>
/// <param name="end">Where to stop.</param>
internal sealed class SegmentScanner(ISpoolDisk disk, string name, long from, long end) : IDisposable
{
    private const int SectorBytes = 4096;
    private byte[] _window = ArrayPool<byte>.Shared.Rent(32 * 1024);
    private long _start = from;
    private int _filled;
    private long _position = from;

    /// <summary>The next piece; <c>null</c> at the end. Damage may come in several pieces, one behind the other.</summary>
    public SegmentPiece? Next()
    {
        if (_position >= end)
        {
            return null;
        }

        long begin = _position;
        if (RecordAt(begin) is { } record)
        {
            _position += RecordFormat.HeaderLength + record.Payload.Length;
            return new SegmentPiece(begin, (int)(_position - begin), record);
        }

        _position = FindMarker(begin + 1);
        return new SegmentPiece(begin, (int)(_position - begin), null);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_window);
        _window = [];
    }

    // The place of the next marker in the window, or where the search has to go on. Whether a record is there, the next turn sees.
    private long FindMarker(long place)
    {
        Span<byte> marker = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(marker, RecordFormat.Marker);
        ReadOnlySpan<byte> bytes = Window(place, marker.Length).Span;
        if (bytes.Length < marker.Length)
        {
            return end;
        }

        int found = bytes.IndexOf(marker);
        return found >= 0 ? place + found : place + bytes.Length - marker.Length + 1;
    }

    private SpooledRecord? RecordAt(long place)
    {
        ReadOnlyMemory<byte> bytes = Window(place, RecordFormat.HeaderLength);
        return RecordFormat.LengthOf(bytes.Span) is { } length && place + length <= end
            ? RecordFormat.Read(Window(place, length))
            : null;
    }

    // All that the window has from a place on: at least so many bytes, unless the segment ends before.
    private ReadOnlyMemory<byte> Window(long place, int wanted)
    {
        if (place + wanted > _start + _filled && _start + _filled < end)
        {
            Slide(place, wanted);
        }

        int offset = (int)(place - _start);
        return offset < _filled ? _window.AsMemory(offset, _filled - offset) : ReadOnlyMemory<byte>.Empty;
    }

    private void Slide(long place, int wanted)
    {
        int kept = (int)Math.Max(0, _start + _filled - place);
        byte[] window = wanted > _window.Length ? ArrayPool<byte>.Shared.Rent(wanted) : _window;
        _window.AsSpan(_filled - kept, kept).CopyTo(window);
        if (window != _window)
        {
            ArrayPool<byte>.Shared.Return(_window);
            _window = window;
        }

        int room = (int)Math.Min(_window.Length - kept, end - place - kept);
        _start = place;
        _filled = kept + ReadOrZeros(_window.AsSpan(kept, room), place + kept);
    }

    private int ReadOrZeros(Span<byte> into, long offset)
    {
        try
        {
            return disk.Read(name, into, offset);
        }
        catch (IOException error) when (error is not FileNotFoundException && into.Length > 0)
        {
            // A sector that cannot be read: what is around it can.
            into.Clear();
            for (var at = 0; at < into.Length;)
            {
                int next = Math.Min(into.Length, at + SectorBytes - (int)((offset + at) % SectorBytes));
                TryRead(into[at..next], offset + at);
                at = next;
            }

            return into.Length;
        }
    }

    private void TryRead(Span<byte> sector, long offset)
    {
        try
        {
            disk.Read(name, sector, offset);
        }
        catch (IOException)
        {
            sector.Clear();
        }
    }
}
