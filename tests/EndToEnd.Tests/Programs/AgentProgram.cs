using System.Text.Json.Nodes;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;

namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>The real agent and its helper, reporting this very machine. It can be killed and started again on the same state.</summary>
internal sealed class AgentProgram : IAsyncDisposable
{
    private static readonly TimeSpan HelperLimit = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _folder = new();
    private readonly NetworkNamespace _network;
    private readonly string? _clock;
    private RunningProgram? _agent;
    private RunningProgram? _helper;

    private AgentProgram(NetworkNamespace network, string server, string? clock, string? stateFolder)
    {
        StateFolder = stateFolder ?? _folder["state"];
        _network = network;
        _clock = clock;
        Server = server;
    }

    /// <summary>The record that it is enrolled for.</summary>
    public string Server { get; }

    /// <summary>Where it keeps what it must not lose.</summary>
    public string StateFolder { get; }

    /// <summary>What it has written since its last start.</summary>
    public string Log => _agent?.Said() ?? "";

    /// <summary>What enrolling said.</summary>
    public ToolResult? Enrolled { get; private set; }

    /// <summary>Makes a record, enrols and starts the agent with its helper.</summary>
    /// <param name="configuration">Sections of agent.json besides the helper's socket.</param>
    /// <param name="clock">How far the agent's clock is off (<see cref="FalseClock"/>); null for not at all.</param>
    public static Task<AgentProgram> StartAsync(
        NetworkNamespace network, ControllerProgram controller, string server, JsonObject configuration, string? clock, CancellationToken cancellationToken) =>
        StartAsync(network, controller, server, configuration, clock, stateFolder: null, cancellationToken);

    /// <summary>The same on a state folder of the test's choice.</summary>
    public static async Task<AgentProgram> StartAsync(
        NetworkNamespace network,
        ControllerProgram controller,
        string server,
        JsonObject configuration,
        string? clock,
        string? stateFolder,
        CancellationToken cancellationToken)
    {
        var agent = new AgentProgram(network, server, clock, stateFolder);
        using var technician = controller.Technician();
        await technician.AddServerAsync(server, cancellationToken);
        var token = await technician.TokenAsync(server, cancellationToken);
        var (program, arguments) = agent.AtItsTime(
            Agent, "enroll", "--controller", controller.AgentsAddress, "--token", token, "--server", server, "--state", agent.StateFolder);
        agent.Enrolled = await network.RunAsync(program, arguments, cancellationToken);
        agent.Enrolled.Succeeded();
        configuration["helperSocket"] = agent._folder["helper.sock"];
        agent._folder.Write("agent.json", configuration.ToJsonString());
        agent._helper = agent.Run(BuiltProgram.In("agent/Helper", "haisoft-helper"), "--socket", agent._folder["helper.sock"], "--peer-uid", "0");
        await Eventually.SeeAsync("the helper's socket", HelperLimit, () => Task.FromResult(File.Exists(agent._folder["helper.sock"]) ? agent : null), cancellationToken);
        agent.Launch();
        return agent;
    }

    /// <summary>Starts it on the state that it has.</summary>
    public void Launch() => _agent = Run(Agent, "run", "--config", _folder["agent.json"], "--state", StateFolder);

    /// <summary>How it ended by itself, once it did.</summary>
    public Task<int> Exited => _agent!.Exited;

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await _agent!.KillAsync(cancellationToken);
        await _agent.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in new[] { _agent, _helper }.OfType<RunningProgram>())
        {
            await program.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static string Agent => BuiltProgram.In("agent/Service", "haisoft-agent");

    private (string Program, string[] Arguments) AtItsTime(string program, params IEnumerable<string> arguments) =>
        _clock is null ? (program, [.. arguments]) : FalseClock.Under(_clock, program, arguments);

    private RunningProgram Run(string program, params IEnumerable<string> arguments)
    {
        var (timed, options) = AtItsTime(program, arguments);
        var (outer, all) = _network.Inside(timed, options);
        var running = RunningProgram.Start(outer, all);
        TestRun.Note(running.Identity);
        return running;
    }
}
