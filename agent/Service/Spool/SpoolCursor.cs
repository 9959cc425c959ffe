using System.Buffers.Binary;
using System.Text;
using HaiSoft.Protocol.Checksums;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// How far the controller has acknowledged an epoch: a small file beside the segments with two slots of 64 bytes that are
/// written in turn, so that one is whole at every instant. Writing needs no new room on a full disk.
/// </summary>
// A slot, little-endian: "HSCUR001", the epoch in 32 characters, the sequence (8), a count (8), zeros (4), CRC-32C (4).
internal sealed class SpoolCursor(ISpoolDisk disk)
{
    public const string FileName = "cursor";

    private const int SlotLength = 64;
    private bool _exists;
    private long _count;

    private static ReadOnlySpan<byte> Magic => "HSCUR001"u8;

    /// <summary>The epoch that was last written down; empty when none was, or the file is damaged.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>The highest acknowledged sequence that was written down.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>There is a file: writing it needs no new room.</summary>
    public bool Exists => _exists;

    /// <summary>Reads what was written down.</summary>
    public void Load()
    {
        byte[] slots = new byte[2 * SlotLength];
        try
        {
            _exists = disk.Read(FileName, slots, 0) == slots.Length;
        }
        catch (IOException)
        {
            return; // none, or one that cannot be read: it is made anew
        }

        Take(slots.AsSpan(0, SlotLength));
        Take(slots.AsSpan(SlotLength));
    }

    /// <summary>Durable when it returns. Does nothing when the same was written before.</summary>
    public void Save(string epoch, long acknowledged)
    {
        if (_exists && epoch == Epoch && acknowledged == Acknowledged)
        {
            return;
        }

        byte[] slot = ToSlot(epoch, acknowledged, _count + 1);
        if (_exists)
        {
            disk.Write(FileName, slot, SlotLength * ((_count + 1) % 2));
            disk.Sync(FileName);
        }
        else
        {
            Make(slot);
        }

        _count++;
        (Epoch, Acknowledged) = (epoch, acknowledged);
    }

    private static byte[] ToSlot(string epoch, long acknowledged, long count)
    {
        byte[] slot = new byte[SlotLength];
        Magic.CopyTo(slot);
        Encoding.ASCII.GetBytes(epoch, slot.AsSpan(8));
        BinaryPrimitives.WriteInt64LittleEndian(slot.AsSpan(40), acknowledged);
        BinaryPrimitives.WriteInt64LittleEndian(slot.AsSpan(48), count);
        BinaryPrimitives.WriteUInt32LittleEndian(slot.AsSpan(60), Crc32C.Of(slot.AsSpan(0, 60)));
        return slot;
    }

    private void Make(byte[] slot)
    {
        const string Unfinished = FileName + SegmentRewriter.UnfinishedExtension;
        disk.Create(Unfinished);
        disk.Write(Unfinished, slot, 0);
        disk.Write(Unfinished, slot, SlotLength);
        disk.Sync(Unfinished);
        disk.Rename(Unfinished, FileName);
        disk.SyncFolder();
        _exists = true;
    }

    private void Take(ReadOnlySpan<byte> slot)
    {
        long count = BinaryPrimitives.ReadInt64LittleEndian(slot[48..]);
        if (slot.StartsWith(Magic) && count > _count && BinaryPrimitives.ReadUInt32LittleEndian(slot[60..]) == Crc32C.Of(slot[..60]))
        {
            _count = count;
            Epoch = Encoding.ASCII.GetString(slot.Slice(8, 32));
            Acknowledged = BinaryPrimitives.ReadInt64LittleEndian(slot[40..]);
        }
    }
}
