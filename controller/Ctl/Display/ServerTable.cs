using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaiSoft.Ctl.Display;

/// <summary>All servers; what is worst on top.</summary>
internal static class ServerTable
{
    private const int Wide = 110;

    public static IRenderable Of(IReadOnlyCollection<Server> servers, int width)
    {
        if (servers.Count == 0)
            return new Markup("No server yet: haisoftctl server add NAME --customer C --kind dedicated --rack R --fee 49.90/month --from DATE");
        bool wide = width >= Wide;
        Table table = wide
            ? Screen.Table("Server", "Health", "Agent", "Open", "Customer", "Kind", "Place", "System")
            : Screen.Table("Server", "Health", "Agent", "Open", "Customer", "Place");
        table.Columns[0].NoWrap();
        foreach (Server server in servers.OrderBy(Rank).ThenBy(server => server.Record.Name, StringComparer.OrdinalIgnoreCase))
            table.AddRow(wide ? WideRow(server) : NarrowRow(server));
        return table;
    }

    private static int Rank(Server server) => server.Health switch
    {
        Health.Failed => 0,
        Health.Degrading => 2,
        Health.Healthy => 3,
        _ => 1,
    };

    private static IRenderable[] WideRow(Server server) =>
        [.. NarrowRow(server)[..5], new Text(Words.Of(server.Record.Kind)), Screen.Text(Place(server)), Screen.Text(server.OsName)];

    private static IRenderable[] NarrowRow(Server server) =>
    [
        Name(server),
        Screen.Of(server.Health),
        Screen.Of(server.Presence),
        new Text(server.OpenIncidentCount == 0 ? "" : server.OpenIncidentCount.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Screen.Text(server.Record.Customer),
        Screen.Text(Place(server)),
    ];

    private static Markup Name(Server server) => Screen.Text(server.Record.Name + (server.Warnings.Count > 0 ? " !" : ""));

    private static string Place(Server server) => server.Record.Rack.Length > 0 ? server.Record.Rack : server.Record.Host;
}
