using System.Globalization;
using System.Text.Json.Nodes;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;

namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>The fleet simulator beside a controller, keeping the ledger of what is acknowledged.</summary>
internal sealed class FleetProgram : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(6);

    private readonly ScratchFolder _folder = new();
    private readonly NetworkNamespace _network;
    private RunningProgram? _program;

    private FleetProgram(NetworkNamespace network) => _network = network;

    /// <summary>Every acknowledged report, a line each.</summary>
    public string Ledger => _folder["ledger"];

    /// <summary>What it has written so far.</summary>
    public string Log => _program?.Said() ?? "";

    /// <summary>Enrols agents at a controller and lets them report until they are told to end.</summary>
    /// <param name="network">Where the servers of the fleet are.</param>
    /// <param name="options">Those of <c>haisoft-fleet-simulator run</c>, but for fleet, agents, duration and ledger.</param>
    public static async Task<FleetProgram> StartAsync(
        NetworkNamespace network, ControllerProgram controller, int agents, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        var fleet = await EnrolAsync(network, controller, agents, cancellationToken);
        await fleet.LaunchAsync(agents, options);
        return fleet;
    }

    /// <summary>Enrols agents at a controller; they do nothing yet.</summary>
    public static async Task<FleetProgram> EnrolAsync(NetworkNamespace network, ControllerProgram controller, int agents, CancellationToken cancellationToken)
    {
        var fleet = new FleetProgram(network);
        var profile = Path.Combine(controller.DataFolder, "haisoftctl.json");
        (await controller.RunBesideAsync(
            Simulator, ["enrol", "--count", Text(agents), "--profile", profile, "--out", fleet._folder["fleet"]], cancellationToken)).Succeeded();
        return fleet;
    }

    /// <summary>Lets the first of the agents report until they are told to end; the ledger goes on.</summary>
    public async Task LaunchAsync(int agents, IEnumerable<string> options)
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _program = Run(["run", "--agents", Text(agents), "--ledger", Ledger, "--json", _folder["figures"], "--duration", "24h", .. options]);
    }

    /// <summary>Turns some of the agents hostile, beside those that report.</summary>
    /// <param name="options">Those of <c>haisoft-fleet-simulator attack</c>, but for the fleet.</param>
    /// <returns>What was done.</returns>
    public async Task<JsonNode> AttackAsync(IEnumerable<string> options, CancellationToken cancellationToken)
    {
        await using var attack = Run(["attack", .. options]);
        var code = await attack.Exited.WaitAsync(cancellationToken);
        return code == 0 ? JsonNode.Parse(attack.Said())! : throw new InvalidOperationException($"{attack.Command}\nended with {code}:\n{attack.Said()}");
    }

    /// <summary>Ends the reporting; when this returns, everything is acknowledged.</summary>
    /// <returns>The figures of the run.</returns>
    /// <exception cref="InvalidOperationException">Something was left that the controller did not acknowledge.</exception>
    public async Task<JsonNode> EndAsync(CancellationToken cancellationToken)
    {
        _program!.Send(Signal.Interrupt);
        var code = await _program.Exited.WaitAsync(EndLimit, cancellationToken);
        var figures = code == 0 ? JsonNode.Parse(await File.ReadAllTextAsync(_folder["figures"], cancellationToken))! : null;
        return figures is not null && figures["settled"]!.GetValue<bool>()
            ? figures
            : throw new InvalidOperationException($"{_program.Command}\nended with {code}; not everything was acknowledged:\n{_program.Said()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private RunningProgram Run(IReadOnlyList<string> verb)
    {
        var (program, arguments) = _network.Inside(Simulator, [.. verb, "--fleet", _folder["fleet"]]);
        var running = RunningProgram.Start(program, arguments);
        TestRun.Note(running.Identity);
        return running;
    }

    private static string Simulator => BuiltProgram.In("tests/FleetSimulator", "haisoft-fleet-simulator");
}
