using System.Globalization;
using System.Text.Json.Nodes;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;

namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>
/// The controller as it is delivered, with haisoftctl, in the controller's namespace of a test's network. It can be killed and
/// started again on the same data.
/// </summary>
internal sealed class ControllerProgram : IAsyncDisposable
{
    private const int AgentsPort = 7443;
    private const string Ready = "Application started";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly TestNetwork _network;
    private readonly ScratchFolder _folder = new();
    private RunningProgram? _program;

    private ControllerProgram(TestNetwork network) => _network = network;

    /// <summary>Where agents dial.</summary>
    public string AgentsAddress => string.Create(CultureInfo.InvariantCulture, $"{_network.ControllerAddress}:{AgentsPort}");

    /// <summary>Where the console answers, inside the namespace.</summary>
    public Uri Console { get; } = new("http://127.0.0.1:7080/");

    /// <summary>Its data folder.</summary>
    public string DataFolder => _folder["data"];

    /// <summary>What it has written since its last start.</summary>
    public string Log => _program?.Said() ?? "";

    public static async Task<ControllerProgram> StartAsync(TestNetwork network, CancellationToken cancellationToken)
    {
        var controller = new ControllerProgram(network);
        await controller.StartAsync(cancellationToken);
        return controller;
    }

    /// <summary>Starts it on the data that it has.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var (program, arguments) = _network.Controller.Inside(
            BuiltProgram.In("controller/Server", "haisoft-controller"),
            $"--Controller:DataFolder={DataFolder}",
            $"--Controller:AgentsEndpoint={AgentsAddress}",
            $"--Controller:ConsoleEndpoint={Console}",
            $"--Controller:PublicAddress={_network.ControllerAddress}");
        _program = RunningProgram.Start(program, arguments);
        TestRun.Note(_program.Identity);
        await _program.LineWithAsync(Ready, StartLimit, cancellationToken);
    }

    /// <summary><c>kill -9</c>.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => _program!.KillAsync(cancellationToken);

    /// <summary>Runs haisoftctl as the first technician.</summary>
    public Task<ToolResult> CtlAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) => _network.Controller.RunAsync(
        BuiltProgram.In("controller/Ctl", "haisoftctl"),
        ["--profile", Path.Combine(DataFolder, "haisoftctl.json"), .. arguments],
        cancellationToken);

    /// <summary>What haisoftctl, which must succeed, prints with <c>--json</c>.</summary>
    public async Task<JsonNode> CtlJsonAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        JsonNode.Parse((await CtlAsync([.. arguments, "--json"], cancellationToken)).Succeeded())!;

    /// <summary>The first technician, speaking gRPC.</summary>
    public Technician Technician() => new(_network.Controller, DataFolder);

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _folder.Dispose();
    }
}
