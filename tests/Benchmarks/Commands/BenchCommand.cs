using System.CommandLine;
using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Measures;
using HaiSoft.Benchmarks.Programs;
using HaiSoft.Benchmarks.Prototype;
using HaiSoft.Benchmarks.Storage;

namespace HaiSoft.Benchmarks.Commands;

/// <summary>The program's verbs; without one, all of them one after the other.</summary>
internal static class BenchCommand
{
    private delegate Task Verb(string controller, Plan plan, CancellationToken cancellationToken);

    public static RootCommand Make()
    {
        Option<bool> longer = new("--long") { Description = "Take the time that sure figures need.", Recursive = true };
        Option<int?> agents = new("--agents") { Description = "Simulated agents.", Recursive = true };
        Option<bool> asPublished = new("--as-published") { Description = "Do not publish again what is in artifacts/bench.", Recursive = true };
        Option<string?> controller = new("--controller") { Description = "The controller's program; by default it is published from the sources.", Recursive = true };
        Command Of(string name, string description, Verb verb)
        {
            Command command = new(name, description);
            command.SetAction((result, cancel) => RunAsync(result, [verb], cancel));
            return command;
        }

        async Task<int> RunAsync(ParseResult result, Verb[] verbs, CancellationToken cancel)
        {
            Plan plan = result.GetValue(longer) ? Plan.Long : new Plan();
            plan = plan with { Agents = result.GetValue(agents) ?? plan.Agents, AsPublished = result.GetValue(asPublished) };
            string program = result.GetValue(controller) ?? await Publishing.ControllerAsync(plan.AsPublished, cancel);
            foreach (Verb verb in verbs)
                await verb(program, plan, cancel);
            return 0;
        }

        RootCommand root = new("Measures the figures of the issues on real processes; writes artifacts/bench/*.json.")
        {
            longer, agents, asPublished, controller,
            Of("agent", "Memory and CPU of the agent and its helper.", AgentAsync),
            Of("controller", "Start, memory for each agent, reports at full speed, CPU for each reading, reconnection.", ControllerAsync),
            Of("ingest", "Reports at full speed and CPU for each reading, beside a bare prototype in the same run.", IngestAsync),
            Of("fault", "From a fault to the incident on a technician's screen.", FaultAsync),
            StorageCommand.Make(),
            Prototype(),
        };
        root.SetAction((result, cancel) => RunAsync(result, [ControllerAsync, FaultAsync, AgentAsync], cancel));
        return root;
    }

    // The other side of "ingest": started by it, and by whoever wants to see what the prototype alone does.
    private static Command Prototype()
    {
        Option<string> data = new("--data") { Description = "The data folder of the controller that the fleet is enrolled at.", Required = true };
        Option<int> port = new("--port") { Description = "Where to listen, on 127.0.0.1.", Required = true };
        Command command = new("prototype", "Serves as the bare prototype that the controller is compared with.") { data, port };
        command.SetAction((result, cancel) => PrototypeServer.RunAsync(result.GetRequiredValue(data), result.GetRequiredValue(port), cancel));
        return command;
    }

    private static async Task AgentAsync(string controller, Plan plan, CancellationToken cancellationToken)
    {
        List<Figure> figures = [];
        foreach (AgentKind kind in Enum.GetValues<AgentKind>())
            figures.AddRange(await AgentFootprint.MeasureAsync(controller, kind, plan, cancellationToken));
        FigureReport.Publish("agent", figures);
    }

    private static async Task ControllerAsync(string controller, Plan plan, CancellationToken cancellationToken)
    {
        List<Figure> figures = [.. await StartToReady.MeasureAsync(controller, plan.Starts, cancellationToken)];
        await using FleetBed bed = await FleetBed.MakeAsync(controller, plan.Agents, cancellationToken);
        figures.AddRange(await FleetMemory.MeasureAsync(bed, plan.Reporting, cancellationToken));
        figures.AddRange(await IngestCost.MeasureAsync(bed, plan, cancellationToken));
        figures.AddRange(await ReconnectStorm.MeasureAsync(bed, cancellationToken));
        FigureReport.Publish("controller", figures);
    }

    private static async Task IngestAsync(string controller, Plan plan, CancellationToken cancellationToken)
    {
        await using FleetBed bed = await FleetBed.MakeAsync(controller, plan.Agents, cancellationToken);
        FigureReport.Publish("ingest", await IngestCost.MeasureAsync(bed, plan, cancellationToken));
    }

    private static async Task FaultAsync(string controller, Plan plan, CancellationToken cancellationToken)
    {
        await using FleetBed bed = await FleetBed.MakeAsync(controller, plan.Agents, cancellationToken);
        FigureReport.Publish("fault", await FaultLatency.MeasureAsync(bed, plan.Faults, cancellationToken));
    }
}
