using System.Text;
using HaiSoft.Controller.Measurements.Blocks;

namespace HaiSoft.Controller.Measurements.Journal;

/// <summary>Rows of the journal by server: the records of each in the order that they were written.</summary>
internal sealed class JournalSlice
{
    private readonly Dictionary<string, List<ReadOnlyMemory<byte>>> _records = new(StringComparer.Ordinal);

    /// <summary>The servers with records.</summary>
    public IReadOnlyDictionary<string, List<ReadOnlyMemory<byte>>> Servers => _records;

    /// <summary>Adds the records of a row; those of all servers, or of one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="only">The one server that is wanted, in UTF-8; empty for all.</param>
    /// <exception cref="BlockDamagedException">The row is not as it was written.</exception>
    public void Add(byte[] row, ReadOnlySpan<byte> only = default)
    {
        JournalRow records = new(row);
        while (records.TryNext(out ReadOnlySpan<byte> record))
        {
            ReadOnlySpan<byte> server = JournalRecord.ServerOf(record);
            if (only.IsEmpty || server.SequenceEqual(only))
                RecordsOf(server).Add(row.AsMemory(records.Next - record.Length, record.Length));
        }
    }

    private List<ReadOnlyMemory<byte>> RecordsOf(ReadOnlySpan<byte> server)
    {
        Span<char> text = server.Length <= 128 ? stackalloc char[server.Length] : new char[server.Length];
        ReadOnlySpan<char> id = text[..Encoding.UTF8.GetChars(server, text)];
        var byText = _records.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!byText.TryGetValue(id, out List<ReadOnlyMemory<byte>>? records))
            _records[id.ToString()] = records = [];
        return records;
    }
}
