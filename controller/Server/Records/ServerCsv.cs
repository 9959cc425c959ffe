using System.Globalization;
using HaiSoft.Controller.Rules.Fees;

namespace HaiSoft.Controller.Records;

/// <summary>Servers from CSV: name,customer,kind,rack,host,fee,from,backup_option.</summary>
internal static class ServerCsv
{
    private static readonly CsvColumn[] Columns =
    [
        new("name", Required: true),
        new("customer", Required: true),
        new("kind", Required: true),
        new("rack", Required: false),
        new("host", Required: false),
        new("fee", Required: true),
        new("from", Required: true),
        new("backup_option", Required: false),
    ];

    public static CsvRows<ServerDraft> Read(string text) => CsvTable.Read(text, Columns, ToDraft);

    private static ServerDraft ToDraft(CsvCells cells)
    {
        List<string> unreadable = [];
        return new ServerDraft
        {
            Name = cells["name"],
            Customer = cells["customer"],
            Kind = KindOf(cells["kind"], unreadable),
            Rack = cells["rack"],
            Host = cells["host"],
            Fee = FeeOf(cells["fee"], unreadable),
            From = DateOf(cells["from"], unreadable),
            BackupOption = FlagOf(cells["backup_option"], unreadable),
            Line = cells.Line,
            Unreadable = unreadable,
        };
    }

    private static ServerKind? KindOf(string text, List<string> unreadable)
    {
        ServerKind? kind = text.ToLowerInvariant() switch
        {
            "dedicated" => ServerKind.Dedicated,
            "virtual" => ServerKind.Virtual,
            _ => null,
        };
        if (kind is null)
            unreadable.Add($"the kind '{text}' is unknown: write dedicated or virtual");
        return kind;
    }

    private static Fee? FeeOf(string text, List<string> unreadable)
    {
        Fee? fee = Fee.Parse(text);
        if (fee is null)
            unreadable.Add($"the fee '{text}' cannot be read: write it as 49.90/month or 499/year, in EUR excluding VAT");
        return fee;
    }

    private static DateOnly? DateOf(string text, List<string> unreadable)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            return date;
        unreadable.Add($"the first day of service '{text}' cannot be read: write it as 2026-11-22");
        return null;
    }

    private static bool FlagOf(string text, List<string> unreadable)
    {
        switch (text.ToLowerInvariant())
        {
            case "" or "no" or "false" or "0":
                return false;
            case "yes" or "true" or "1":
                return true;
            default:
                unreadable.Add($"the backup option '{text}' cannot be read: write yes or no");
                return false;
        }
    }
}
