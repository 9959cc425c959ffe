using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>One incident with its findings and its timeline.</summary>
internal static class IncidentPage
{
    public static void Show(IAnsiConsole console, GetIncidentResponse response)
    {
        Incident incident = response.Incident;
        DateTimeOffset now = response.ServerTime.ToDateTimeOffset();
        Screen.Print(console, Screen.Text($"{incident.IncidentId}  {incident.Title}", "bold"));
        Head(console, incident, now);
        foreach (Finding finding in incident.Findings)
            Show(console, finding);
        console.WriteLine();
        Table timeline = Screen.Table("When", "Who", "What");
        timeline.Columns[0].NoWrap();
        foreach (TimelineEntry entry in response.Timeline)
            timeline.AddRow(new Text(Screen.Instant(Words.Of(entry.OccurredTime))), Screen.Text(entry.Actor), Screen.Text(entry.Text));
        console.Write(timeline);
    }

    private static void Head(IAnsiConsole console, Incident incident, DateTimeOffset now)
    {
        Grid head = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn();
        head.AddRow(new Text("Server"), Screen.Text(Place(incident)));
        head.AddRow(new Text("State"), Screen.Of(incident.State));
        if (incident.Technician.Length > 0)
            head.AddRow(new Text("Who"), Screen.Text(incident.Technician));
        foreach (Clock clock in incident.Clocks)
        {
            head.AddRow(
                new Text(clock.Kind == ClockKind.Replacement ? "Replacement" : "Intervention"),
                Screen.Text(
                    $"{Countdown.Of(clock, now)}, due {Screen.Instant(Words.Of(clock.DueTime))}", Countdown.StyleOf(clock, now)));
        }

        if (incident.RecoveredTime is not null)
            head.AddRow(new Text("Recovered"), Screen.Text(Screen.Instant(Words.Of(incident.RecoveredTime)), "green"));
        console.Write(head);
    }

    private static string Place(Incident incident) =>
        incident.Place.Length > 0 ? $"{incident.Server}, {incident.Place} ({incident.Customer})" : $"{incident.Server} ({incident.Customer})";

    private static void Show(IAnsiConsole console, Finding finding)
    {
        console.WriteLine();
        Screen.Print(console, Screen.Text(finding.Title, "bold"), Screen.Text("  " + finding.Reason));
        foreach (string evidence in finding.Evidence)
            Screen.Print(console, Screen.Text("  " + evidence, "grey"));
    }
}
