namespace HaiSoft.Controller.Records;

/// <summary>Adds records from CSV: all rows, or none when one has a fault; every fault is told with its line.</summary>
public sealed class RecordImport(Customers customers, Servers servers)
{
    /// <summary>The largest file that is taken.</summary>
    public const int LargestFile = 4 * 1024 * 1024;

    /// <summary>Adds customers.</summary>
    public Task<RecordsAdded> ImportCustomersAsync(string csv, string technician, CancellationToken cancellationToken) =>
        ImportAsync(csv, CustomerCsv.Read, rows => customers.AddAsync(rows, technician, cancellationToken));

    /// <summary>Adds servers. A host may stand anywhere in the same file.</summary>
    public Task<RecordsAdded> ImportServersAsync(string csv, string technician, CancellationToken cancellationToken) =>
        ImportAsync(csv, ServerCsv.Read, rows => servers.AddAsync(rows, technician, cancellationToken));

    private static async Task<RecordsAdded> ImportAsync<T>(
        string csv, Func<string, CsvRows<T>> read, Func<IReadOnlyList<T>, Task<RecordsAdded>> add)
    {
        if (csv.Length > LargestFile)
            return Refused(new(RecordFaultKind.Invalid, "the file is larger than 4 MiB: split it"));
        CsvRows<T> table = read(csv);
        return table.Faults.Count > 0 ? new RecordsAdded.Refused(table.Faults) : await add(table.Rows);
    }

    private static RecordsAdded.Refused Refused(RecordFault fault) => new([fault]);
}
