namespace HaiSoft.Controller.Records;

/// <summary>Customers from CSV: name,email.</summary>
internal static class CustomerCsv
{
    private static readonly CsvColumn[] Columns = [new("name", Required: true), new("email", Required: true)];

    public static CsvRows<CustomerDraft> Read(string text) =>
        CsvTable.Read(text, Columns, cells => new CustomerDraft(cells["name"], cells["email"], cells.Line));
}
