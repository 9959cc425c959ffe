using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>incidents</c> and <c>incident ID</c>.</summary>
internal static class IncidentCommands
{
    public static Command CreateList()
    {
        Option<bool> all = new("--all") { Description = "Also those that are resolved." };
        Option<string> server = new("--server") { Description = "Only this server's.", HelpName = "NAME" };
        Option<bool> watch = new("--watch") { Description = "Stay, and show every change as it comes (with --json: one line each)." };
        Command command = new("incidents", "Open incidents; what breaches next on top.") { all, server, watch };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ListIncidentsRequest request = new() { IncludeResolved = run.Given.GetValue(all), Server = run.Given.GetValue(server) ?? "" };
            if (run.Given.GetValue(watch))
                await IncidentWatch.RunAsync(run, request, cancellationToken);
            else
                Show(run, await run.Controller.Incidents.ListIncidentsAsync(request, run.Soon(cancellationToken)));
        });
        return command;
    }

    public static Command CreateShow()
    {
        Argument<string> id = IncidentStepCommands.Id();
        Command command = new("incident", "One incident: clocks, findings, timeline.") { id };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            GetIncidentResponse response = await run.Controller.Incidents.GetIncidentAsync(
                new GetIncidentRequest { IncidentId = run.Given.GetRequiredValue(id) }, run.Soon(cancellationToken));
            run.Output.Write(Shaping.Of(response), ShapesJson.Default.IncidentDetailShape, () => IncidentPage.Show(run.Console, response));
        });
        return command;
    }

    /// <summary>Prints a list once.</summary>
    public static void Show(CtlRun run, ListIncidentsResponse response)
    {
        DateTimeOffset now = response.ServerTime.ToDateTimeOffset();
        run.Output.Write(
            new IncidentListShape(now, [.. response.Incidents.Select(incident => Shaping.Of(incident, now))]),
            ShapesJson.Default.IncidentListShape,
            () => Screen.Print(run.Console, IncidentTable.Of(response.Incidents, now, run.Console.Profile.Width)));
    }
}
