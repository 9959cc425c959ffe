using HaiSoft.Controller.Measurements.Blocks;

namespace HaiSoft.Controller.Measurements.Journal;

/// <summary>The records of a row of the journal, one after the other.</summary>
internal ref struct JournalRow
{
    private readonly int _length;
    private ByteReader _reader;

    /// <summary>Opens a row.</summary>
    /// <exception cref="BlockDamagedException">The row is not as it was written.</exception>
    public JournalRow(ReadOnlySpan<byte> stored)
    {
        ReadOnlySpan<byte> records = BlockSeal.Open(stored);
        _length = records.Length;
        _reader = new(records);
    }

    /// <summary>Where the next record begins in the row: behind the last one that was read.</summary>
    public readonly int Next => _length - _reader.Left;

    /// <summary>The next record's bytes.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="BlockDamagedException">The row ends in the middle of it.</exception>
    public bool TryNext(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (_reader.Left == 0)
            return false;
        record = _reader.ReadBytes((int)Math.Min(_reader.ReadUInt32(), int.MaxValue));
        return true;
    }
}
