using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary>What a technician does about an incident: <c>ack</c>, <c>begin</c>, <c>replaced</c>, <c>resolve</c>.</summary>
internal static class IncidentStepCommands
{
    public static IEnumerable<Command> CreateAll()
    {
        yield return Step("ack", "Say that you have seen an incident.", [], async (run, id, cancel) =>
            await run.Controller.Incidents.AcknowledgeIncidentAsync(new AcknowledgeIncidentRequest { IncidentId = id }, run.Soon(cancel)));
        yield return Step("begin", "Begin the intervention: the 1 h clock stops.", [], async (run, id, cancel) =>
            await run.Controller.Incidents.BeginInterventionAsync(new BeginInterventionRequest { IncidentId = id }, run.Soon(cancel)));

        Option<string> serial = new("--serial") { Description = "Serial number of the new part.", HelpName = "S" };
        yield return Step("replaced", "Record that the part was replaced: the 4 h clock stops.", [serial], async (run, id, cancel) =>
            await run.Controller.Incidents.RecordReplacementAsync(
                new RecordReplacementRequest { IncidentId = id, NewSerial = run.Given.GetValue(serial) ?? "" }, run.Soon(cancel)));

        Option<string> note = new("--note") { Description = "What was done.", Required = true, HelpName = "TEXT" };
        yield return Step("resolve", "Close an incident, with a note of what was done.", [note], async (run, id, cancel) =>
            await run.Controller.Incidents.ResolveIncidentAsync(
                new ResolveIncidentRequest { IncidentId = id, Note = run.Given.GetRequiredValue(note) }, run.Soon(cancel)));
    }

    /// <summary>The number of an incident.</summary>
    public static Argument<string> Id() => new("ID") { Description = "The incident's number: 1042." };

    private static Command Step(string name, string description, Option[] options, Func<CtlRun, string, CancellationToken, Task> take)
    {
        Argument<string> id = Id();
        Command command = new(name, description) { id };
        foreach (Option option in options)
            command.Add(option);
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            string number = run.Given.GetRequiredValue(id);
            await take(run, number, cancellationToken);
            GetIncidentResponse after = await run.Controller.Incidents.GetIncidentAsync(
                new GetIncidentRequest { IncidentId = number }, run.Soon(cancellationToken));
            run.Output.Write(
                Shaping.Of(after),
                ShapesJson.Default.IncidentDetailShape,
                () => Screen.Print(
                    run.Console,
                    Screen.Text($"{number} is now in state {Words.Of(after.Incident.State)}: {after.Incident.Title} on {after.Incident.Server}")));
        });
        return command;
    }
}
