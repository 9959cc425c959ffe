using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>One server: record, warnings, components, facts.</summary>
internal static class ServerPage
{
    public static void Show(IAnsiConsole console, GetServerResponse response)
    {
        Server server = response.Server;
        Screen.Print(console, Screen.Text(server.Record.Name, "bold"));
        console.Write(Head(server));
        foreach (string warning in server.Warnings)
            Screen.Print(console, Screen.Text($"! {warning}", "yellow"));
        if (response.Components.Count > 0)
        {
            console.WriteLine();
            console.Write(Components(response.Components));
        }

        if (response.Facts.Count > 0)
        {
            console.WriteLine();
            console.Write(Pairs(response.Facts.Select(fact => (fact.Name, fact.Value))));
        }
    }

    private static Grid Head(Server server)
    {
        ServerRecord record = server.Record;
        string place = record.Kind == ServerKind.Virtual ? $"virtual, on {record.Host}" : $"dedicated, rack {record.Rack}";
        Grid head = Pairs(
        [
            ("Customer", record.Customer),
            ("Kind", place),
            ("Fee", $"{Words.Of(record.Fee, record.FeePeriod)} EUR excl. VAT, since {record.FromDate}"),
            ("Backup", record.BackupOption ? "subscribed" : "not subscribed"),
            ("Last report", Screen.Instant(Words.Of(server.LastReportTime))),
        ]);
        head.AddRow(new Text("Health"), Screen.Of(server.Health));
        head.AddRow(new Text("Agent"), Screen.Of(server.Presence));
        head.AddRow(new Text("Orders"), Screen.Text(server.OrdersWithheld.Length > 0 ? $"withheld: {server.OrdersWithheld}" : "may be sent"));
        return head;
    }

    private static Table Components(IEnumerable<Component> components)
    {
        Table table = Screen.Table("Health", "Component", "Why", "Since");
        table.Columns[0].NoWrap();
        table.Columns[3].NoWrap();
        foreach (Component component in components)
        {
            table.AddRow(
                Screen.Of(component.Health),
                Screen.Text(component.Title),
                Screen.Text(component.Reason),
                new Text(Screen.Instant(Words.Of(component.SinceTime))));
        }

        return table;
    }

    private static Grid Pairs(IEnumerable<(string Name, string Value)> pairs)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn();
        foreach ((string name, string value) in pairs)
            grid.AddRow(Screen.Text(name), Screen.Text(value));
        return grid;
    }
}
