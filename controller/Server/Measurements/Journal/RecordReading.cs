using System.Text;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Measurements.Series;

namespace HaiSoft.Controller.Measurements.Journal;

/// <summary>Reads records of the journal into a table: the agent's numbers become our series. Used by one at a time.</summary>
internal sealed class RecordReading
{
    private const int NotNamed = -1;
    private const int NotWanted = -2;

    private readonly Dictionary<int, int> _columnOf = [];
    private int[] _numbers = new int[64];
    private string _epoch = "";
    private byte[] _epochBytes = [];
    private IReadOnlySet<int>? _only;

    /// <summary>Records that are not as they were written, and why.</summary>
    public List<(ReadOnlyMemory<byte> Record, string Reason)> Damaged { get; } = [];

    /// <summary>Readings of series that no agent has named: they are not kept.</summary>
    public long Unnamed { get; private set; }

    /// <summary>Readings that are older than any that is kept.</summary>
    public long TooOld { get; private set; }

    /// <summary>Series beyond the most that a server may have.</summary>
    public long TooMany { get; private set; }

    /// <summary>Adds the records of one server, oldest first, and what they name to its catalogue.</summary>
    /// <param name="records">The records.</param>
    /// <param name="catalogue">The server's.</param>
    /// <param name="table">The table; it is not in order afterwards.</param>
    /// <param name="from">The first instant that counts.</param>
    /// <param name="to">The first that does not any more.</param>
    /// <param name="only">The series that are wanted; absent for all.</param>
    public void Add(
        IEnumerable<ReadOnlyMemory<byte>> records,
        SeriesCatalogue catalogue,
        ReadingTable table,
        long from,
        long to,
        IReadOnlySet<int>? only = null)
    {
        _only = only;
        _epochBytes = [];
        _columnOf.Clear();
        foreach (ReadOnlyMemory<byte> bytes in records)
        {
            try
            {
                JournalRecord record = new(bytes.Span);
                Enter(record, catalogue);
                if (record.Time >= from && record.Time < to)
                    Add(record, catalogue, table);
                else
                    TooOld += record.Time < from ? record.Count : 0;
            }
            catch (BlockDamagedException e)
            {
                Damaged.Add((bytes, e.Message));
            }
        }
    }

    /// <summary>Begins to count anew.</summary>
    public void Forget()
    {
        Damaged.Clear();
        (Unnamed, TooOld, TooMany) = (0, 0, 0);
    }

    private void Enter(in JournalRecord record, SeriesCatalogue catalogue)
    {
        bool same = record.Epoch.SequenceEqual(_epochBytes);
        if (!same)
            (_epoch, _epochBytes) = (Encoding.UTF8.GetString(record.Epoch), record.Epoch.ToArray());
        foreach (SeriesNaming named in record.Named)
            TooMany += catalogue.Name(_epoch, named, Resolutions.DayOf(record.Time)) ? 0 : 1;
        if (!same || record.Named.Length > 0)
            _columnOf.Clear();
    }

    private void Add(in JournalRecord record, SeriesCatalogue catalogue, ReadingTable table)
    {
        if (_numbers.Length < record.Count)
            _numbers = new int[record.Count * 2];
        record.ReadNumbers(_numbers);
        int row = table.AddRow(record.Time);
        for (int i = 0; i < record.Count; i++)
        {
            if (!_columnOf.TryGetValue(_numbers[i], out int column))
                _columnOf[_numbers[i]] = column = ColumnOf(_numbers[i], catalogue, table);
            if (column >= 0)
                table.Set(row, column, record.Value(i));
            Unnamed += column == NotNamed ? 1 : 0;
        }
    }

    private int ColumnOf(int number, SeriesCatalogue catalogue, ReadingTable table) =>
        catalogue.NumbersOf(_epoch)?.TryGetValue(number, out int id) != true ? NotNamed
        : _only?.Contains(id) == false ? NotWanted
        : table.ColumnOf(id);
}
