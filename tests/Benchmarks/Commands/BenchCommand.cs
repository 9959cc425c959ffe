using System.CommandLine;
using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Measures;
using HaiSoft.Benchmarks.Programs;
using HaiSoft.Benchmarks.Prototype;
using HaiSoft.Benchmarks.Storage;

namespace HaiSoft.Benchmarks.Commands;

/// <summary>The program's verbs; without one, all of them one after the other, and their figures in one table at the end.</summary>
internal static class BenchCommand
{
    private delegate Task<IReadOnlyList<Figure>> Measure(string controller, Plan plan, CancellationToken cancellationToken);

    private static readonly (string Name, string Description, Measure Measure)[] Verbs =
    [
        ("start", "From the start of a controller until it answers.", StartAsync),
        ("fleet", "What a controller needs for its agents, silent and reporting; all cut off at once, and back.", FleetAsync),
        ("ingest", "Reports at full speed and CPU for each reading, beside a bare prototype in the same run.", IngestAsync),
        ("fault", "From a fault to the incident on a technician's screen; from a technician's question to the agent's answer.", FaultAsync),
        ("agent", "Memory and CPU of the agent and its helper.", AgentAsync),
        ("order", "From an order to its verification; what it adds to dnf's own time for the same packages.", OrderAsync),
        ("storage", "Bytes and CPU of measurements, and the time to read a chart.", StorageAsync),
    ];

    public static RootCommand Make()
    {
        Option<bool> longer = new("--long") { Description = "Take the time that sure figures need.", Recursive = true };
        Option<int?> agents = new("--agents") { Description = "Simulated agents.", Recursive = true };
        Option<string> store = new("--store") { Description = "The controller's store.", Recursive = true, DefaultValueFactory = _ => MeasuredStore.Sqlite };
        store.AcceptOnlyFromAmong(MeasuredStore.Sqlite, MeasuredStore.Postgres);
        Option<bool> asPublished = new("--as-published") { Description = "Do not publish again what is in artifacts/bench.", Recursive = true };
        Option<string?> controller = new("--controller") { Description = "The controller's program; by default it is published from the sources.", Recursive = true };
        async Task<int> RunAsync(ParseResult result, IReadOnlyList<(string Name, string Description, Measure Measure)> verbs, CancellationToken cancel)
        {
            Plan plan = result.GetValue(longer) ? Plan.Long : new Plan();
            plan = plan with { Agents = result.GetValue(agents) ?? plan.Agents, AsPublished = result.GetValue(asPublished), Store = result.GetRequiredValue(store) };
            string program = result.GetValue(controller) ?? await Publishing.ControllerAsync(plan.AsPublished, cancel);
            List<Figure> all = [];
            foreach ((string name, _, Measure measure) in verbs)
            {
                IReadOnlyList<Figure> figures = await measure(program, plan, cancel);
                FigureReport.Publish(name, figures);
                all.AddRange(figures);
            }

            if (verbs.Count > 1)
                FigureReport.Publish("all", all);
            return 0;
        }

        RootCommand root = new("Measures the figures of the issues on real processes; writes artifacts/bench/*.json.") { longer, agents, store, asPublished, controller };
        foreach (var verb in Verbs)
        {
            Command command = verb.Measure == StorageAsync ? StorageCommand.Make(verb.Name, verb.Description) : new(verb.Name, verb.Description);
            if (command.Action is null)
                command.SetAction((result, cancel) => RunAsync(result, [verb], cancel));
            root.Add(command);
        }

        root.Add(Prototype());
        root.SetAction((result, cancel) => RunAsync(result, Verbs, cancel));
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

    private static Task<IReadOnlyList<Figure>> StartAsync(string controller, Plan plan, CancellationToken cancellationToken) =>
        StartToReady.MeasureAsync(controller, plan.Starts, cancellationToken);

    private static async Task<IReadOnlyList<Figure>> FleetAsync(string controller, Plan plan, CancellationToken cancellationToken)
    {
        await using FleetBed bed = await FleetBed.MakeAsync(controller, plan, cancellationToken);
        return [.. await FleetAtDefaults.MeasureAsync(bed, plan.Reporting, cancellationToken), .. await ReconnectStorm.MeasureAsync(bed, cancellationToken)];
    }

    private static async Task<IReadOnlyList<Figure>> IngestAsync(string controller, Plan plan, CancellationToken cancellationToken)
    {
        await using FleetBed bed = await FleetBed.MakeAsync(controller, plan with { Agents = Math.Min(plan.Agents, 2_000) }, cancellationToken);
        return await IngestCost.MeasureAsync(bed, plan, cancellationToken);
    }

    private static async Task<IReadOnlyList<Figure>> FaultAsync(string controller, Plan plan, CancellationToken cancellationToken)
    {
        await using FleetBed bed = await FleetBed.MakeAsync(controller, plan with { Agents = Math.Min(plan.Agents, 2_000) }, cancellationToken);
        return [.. await FaultLatency.MeasureAsync(bed, plan.Faults, cancellationToken), .. await HandOver.MeasureAsync(bed, cancellationToken)];
    }

    private static async Task<IReadOnlyList<Figure>> AgentAsync(string controller, Plan plan, CancellationToken cancellationToken)
    {
        List<Figure> figures = [];
        foreach (AgentKind kind in Enum.GetValues<AgentKind>())
            figures.AddRange(await AgentFootprint.MeasureAsync(controller, kind, plan, cancellationToken));
        return figures;
    }

    private static Task<IReadOnlyList<Figure>> OrderAsync(string controller, Plan plan, CancellationToken cancellationToken) =>
        OrderCost.MeasureAsync(plan, cancellationToken);

    private static Task<IReadOnlyList<Figure>> StorageAsync(string controller, Plan plan, CancellationToken cancellationToken) =>
        StorageCommand.MeasureAsync(recording: null, plan.StoredServers, cancellationToken);
}
