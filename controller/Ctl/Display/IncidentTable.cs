using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaiSoft.Ctl.Display;

/// <summary>The queue: what breaches next on top.</summary>
internal static class IncidentTable
{
    /// <summary>Columns that a terminal of fewer characters leaves out.</summary>
    private const int Wide = 110;

    public static IRenderable Of(IReadOnlyCollection<Incident> incidents, DateTimeOffset now, int width)
    {
        if (incidents.Count == 0)
            return new Markup("[green]No open incident.[/]");
        bool wide = width >= Wide;
        Table table = wide
            ? Screen.Table("No", "Clock", "Server", "Place", "State", "Who", "What")
            : Screen.Table("No", "Clock", "Server", "State", "What");
        table.Columns[0].NoWrap();
        table.Columns[1].NoWrap();
        foreach (Incident incident in incidents)
            table.AddRow(wide ? WideRow(incident, now) : NarrowRow(incident, now));
        return table;
    }

    private static IRenderable[] WideRow(Incident incident, DateTimeOffset now) =>
    [
        new Text(incident.IncidentId),
        Clocks(incident, now),
        Screen.Text(incident.Server),
        Screen.Text(incident.Place),
        Screen.Of(incident.State),
        Screen.Text(incident.Technician),
        What(incident),
    ];

    private static IRenderable[] NarrowRow(Incident incident, DateTimeOffset now) =>
        [new Text(incident.IncidentId), Clocks(incident, now), Screen.Text(incident.Server), Screen.Of(incident.State), What(incident)];

    private static Rows Clocks(Incident incident, DateTimeOffset now) => new(incident.Clocks.Select(clock =>
        Screen.Text(Countdown.Of(clock, now), Countdown.StyleOf(clock, now))));

    private static Markup What(Incident incident) =>
        Screen.Text(incident.RecoveredTime is null ? incident.Title : $"{incident.Title} (recovered)");
}
