using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace HaiSoft.Controller.Records;

/// <summary>
/// Reads a table from CSV as RFC 4180 describes it: a header line, commas, quotes doubled inside quotes; a byte order mark and empty
/// lines are skipped, spaces around a value do not count.
/// </summary>
internal static class CsvTable
{
    /// <summary>More rows than the company will ever have servers: a slip.</summary>
    private const int MostRows = 50_000;

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        TrimOptions = TrimOptions.Trim,
        IgnoreBlankLines = true,
        BadDataFound = null,
        MissingFieldFound = null,
        DetectColumnCountChanges = false,
    };

    public static CsvRows<T> Read<T>(string text, IReadOnlyList<CsvColumn> columns, Func<CsvCells, T> toRow)
    {
        using CsvReader csv = new(new StringReader(text.TrimStart('\uFEFF')), Configuration);
        if (!csv.Read() || !csv.ReadHeader())
            return new([], [Fault($"the file is empty: its first line must be {HeaderOf(columns)}", 1)]);
        List<RecordFault> faults = [.. HeaderFaults(csv.HeaderRecord!, columns)];
        List<T> rows = [];
        while (faults.Count == 0 && csv.Read())
        {
            if (rows.Count == MostRows)
                return new([], [Fault($"a file may have at most {MostRows} rows: split it", csv.Parser.RawRow)]);
            if (csv.Parser.Count != csv.HeaderRecord!.Length)
                return new([], [Fault($"it has {csv.Parser.Count} values, the header has {csv.HeaderRecord.Length}: quote values that hold a comma", LineOf(csv))]);
            rows.Add(toRow(new CsvCells(LineOf(csv), column => csv.TryGetField(column, out string? value) ? value ?? "" : "")));
        }

        return rows.Count == 0 && faults.Count == 0
            ? new([], [Fault("the file has a header but no row: add one line for each record", 1)])
            : new(rows, faults);
    }

    private static int LineOf(CsvReader csv) => csv.Parser.RawRow;

    private static IEnumerable<RecordFault> HeaderFaults(string[] header, IReadOnlyList<CsvColumn> columns)
    {
        foreach (CsvColumn missing in columns.Where(column => column.Required && !header.Contains(column.Name)))
            yield return Fault($"the column '{missing.Name}' is missing: the first line must be {HeaderOf(columns)}", 1);
        foreach (string unknown in header.Where(name => columns.All(column => column.Name != name)))
            yield return Fault($"the column '{unknown}' is unknown: the first line must be {HeaderOf(columns)}", 1);
        foreach (string twice in header.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key))
            yield return Fault($"the column '{twice}' is there twice: remove one", 1);
    }

    private static string HeaderOf(IReadOnlyList<CsvColumn> columns) => string.Join(',', columns.Select(column => column.Name));

    private static RecordFault Fault(string text, int line) => new(RecordFaultKind.Invalid, text, line);
}

/// <summary>A column of a table.</summary>
internal sealed record CsvColumn(string Name, bool Required);

/// <summary>One row: its line (the last one, where a quoted value spans several) and its values by column; absent columns are empty.</summary>
internal sealed class CsvCells(int line, Func<string, string> valueOf)
{
    public int Line { get; } = line;

    public string this[string column] => valueOf(column);
}

/// <summary>What was read; with a fault, nothing of it counts.</summary>
internal sealed record CsvRows<T>(IReadOnlyList<T> Rows, IReadOnlyList<RecordFault> Faults);
