using System.Globalization;
using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaiSoft.Ctl.Display;

/// <summary>The terminal: tables without clutter, colour on a terminal only, nothing that came from outside taken for markup.</summary>
internal static class Screen
{
    /// <summary>Text that came from outside.</summary>
    public static Markup Text(string text, string style = "default") => new($"[{style}]{Markup.Escape(Words.Visible(text))}[/]");

    /// <summary>A table with these columns.</summary>
    public static Table Table(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.None);
        table.ShowHeaders();
        foreach (string column in columns)
            table.AddColumn(new TableColumn(new Markup($"[bold]{Markup.Escape(column)}[/]")).PadLeft(0).PadRight(2));
        table.Columns[^1].PadRight(0);
        return table;
    }

    public static Markup Of(Health health) => Text(Words.Of(health), health switch
    {
        Health.Healthy => "green",
        Health.Degrading => "yellow",
        Health.Failed => "red bold",
        _ => "magenta",
    });

    public static Markup Of(AgentPresence presence) => Text(Words.Of(presence).Replace('_', ' '), presence switch
    {
        AgentPresence.Connected => "green",
        AgentPresence.Silent or AgentPresence.Revoked => "magenta",
        _ => "default",
    });

    public static Markup Of(IncidentState state) => Text(Words.Of(state), state switch
    {
        IncidentState.Detected => "red bold",
        IncidentState.Acknowledged => "yellow",
        IncidentState.Resolved => "green",
        _ => "default",
    });

    /// <summary>An instant, in the time of this machine.</summary>
    public static string Instant(DateTimeOffset? instant) =>
        instant?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";

    public static void Print(IAnsiConsole console, params IRenderable[] lines)
    {
        foreach (IRenderable line in lines)
        {
            console.Write(line);
            if (line is Markup)
                console.WriteLine();
        }
    }
}
