namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>
/// Readings of one server: a row for each instant, a column for each series. NaN is no reading, and stands where there is
/// none. Memory is used again after <see cref="Clear"/>.
/// </summary>
internal sealed class ReadingTable
{
    private const int FirstRows = 64;

    private readonly Dictionary<int, int> _columnOf = [];
    private readonly List<double[]> _columns = [];
    private long[] _times = new long[FirstRows];

    /// <summary>Instants, in Unix microseconds, by row.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Rows);

    /// <summary>How many instants.</summary>
    public int Rows { get; private set; }

    /// <summary>The series that have a column, each with its column.</summary>
    public IReadOnlyDictionary<int, int> Columns => _columnOf;

    public void Clear()
    {
        Rows = 0;
        _columnOf.Clear();
    }

    /// <summary>The column of a series; a new one is without readings.</summary>
    public int ColumnOf(int series)
    {
        if (_columnOf.TryGetValue(series, out int column))
            return column;
        column = _columnOf.Count;
        _columnOf.Add(series, column);
        if (column == _columns.Count)
            _columns.Add(new double[_times.Length]);
        else if (_columns[column].Length < _times.Length)
            _columns[column] = new double[_times.Length];
        _columns[column].AsSpan(0, Rows).Fill(double.NaN);
        return column;
    }

    /// <summary>Adds an instant without readings, after the last.</summary>
    /// <returns>Its row.</returns>
    public int AddRow(long time)
    {
        if (Rows == _times.Length)
            MakeRoom(Rows * 2);
        _times[Rows] = time;
        for (int column = 0; column < _columnOf.Count; column++)
            _columns[column][Rows] = double.NaN;
        return Rows++;
    }

    /// <summary>Puts a reading in its place; a later one at the same place counts.</summary>
    public void Set(int row, int column, double value) => _columns[column][row] = value;

    /// <summary>A column's readings, by row.</summary>
    public ReadOnlySpan<double> Values(int column) => _columns[column].AsSpan(0, Rows);

    /// <summary>Adds rows and gives their part of a column to be filled.</summary>
    public Span<double> ValuesFrom(int column, int row) => _columns[column].AsSpan(row, Rows - row);

    /// <summary>The first row, not before one, of an instant or a later one; the table is in order.</summary>
    public int RowAt(long time, int from = 0)
    {
        int index = Times[from..].BinarySearch(time);
        return from + (index < 0 ? ~index : index);
    }

    /// <summary>Takes the last rows away; so many stay.</summary>
    public void CutTo(int rows) => Rows = rows;

    /// <summary>Adds rows of this table to another, after its last.</summary>
    public void CopyTo(ReadingTable other, int first, int end)
    {
        int row = other.Rows;
        foreach (long time in Times[first..end])
            other.AddRow(time);
        foreach ((int series, int column) in _columnOf)
            Values(column)[first..end].CopyTo(other.ValuesFrom(other.ColumnOf(series), row));
    }

    /// <summary>Puts the instants in order, and makes one row of those that are the same: the later reading of a series counts.</summary>
    public void Order()
    {
        if (IsOrdered())
            return;
        int[] order = [.. Enumerable.Range(0, Rows)];
        Array.Sort(order, (a, b) => _times[a] != _times[b] ? _times[a].CompareTo(_times[b]) : a.CompareTo(b));
        long[] times = new long[Rows];
        int rows = 0;
        foreach (int row in order)
        {
            if (rows == 0 || times[rows - 1] != _times[row])
                times[rows++] = _times[row];
        }

        for (int column = 0; column < _columnOf.Count; column++)
            Arrange(_columns[column], order, times);
        times.AsSpan(0, rows).CopyTo(_times);
        Rows = rows;
    }

    private bool IsOrdered()
    {
        for (int row = 1; row < Rows; row++)
        {
            if (_times[row] <= _times[row - 1])
                return false;
        }

        return true;
    }

    private void Arrange(double[] column, int[] order, long[] times)
    {
        double[] arranged = new double[order.Length];
        int target = -1;
        foreach (int row in order)
        {
            if (target < 0 || times[target] != _times[row])
                arranged[++target] = column[row];
            else if (!double.IsNaN(column[row]))
                arranged[target] = column[row];
        }

        arranged.AsSpan(0, target + 1).CopyTo(column);
    }

    private void MakeRoom(int rows)
    {
        Array.Resize(ref _times, rows);
        for (int column = 0; column < _columnOf.Count; column++)
        {
            double[] larger = new double[rows];
            _columns[column].AsSpan(0, Rows).CopyTo(larger);
            _columns[column] = larger;
        }
    }
}
