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
    private readonly IReadOnlyList<string> _settings;
    private readonly ScratchFolder _folder = new();
    private RunningProgram? _program;

    private ControllerProgram(TestNetwork network, IReadOnlyList<string> settings, string? dataFolder)
    {
        _network = network;
        _settings = settings;
        DataFolder = dataFolder ?? _folder["data"];
    }

    /// <summary>Where agents dial.</summary>
    public string AgentsAddress => string.Create(CultureInfo.InvariantCulture, $"{_network.ControllerAddress}:{AgentsPort}");

    /// <summary>Where the console answers, inside the namespace.</summary>
    public Uri Console { get; } = new("http://127.0.0.1:7080/");

    /// <summary>Its data folder.</summary>
    public string DataFolder { get; }

    /// <summary>What it has written since its last start.</summary>
    public string Log => _program?.Said() ?? "";

    public static Task<ControllerProgram> StartAsync(TestNetwork network, CancellationToken cancellationToken) =>
        StartAsync(network, [], dataFolder: null, cancellationToken);

    /// <summary>Starts one for the first time.</summary>
    /// <param name="settings">Options besides addresses and data folder, at every start: "--Controller:Ingest:ReconnectWithin=00:00:01".</param>
    /// <param name="dataFolder">Its data folder; null for one of its own.</param>
    public static async Task<ControllerProgram> StartAsync(
        TestNetwork network, IReadOnlyList<string> settings, string? dataFolder, CancellationToken cancellationToken)
    {
        var controller = new ControllerProgram(network, settings, dataFolder);
        await controller.StartAsync(cancellationToken);
        return controller;
    }

    /// <summary>Starts it on the data that it has, and waits until it is ready.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Launch();
        return ReadyAsync(cancellationToken);
    }

    /// <summary>Waits until it is ready. A start that ends instead is told with all that it said.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => _program!.LineWithAsync(Ready, StartLimit, cancellationToken);

    /// <summary>Starts it on the data that it has.</summary>
    public void Launch()
    {
        var (program, arguments) = _network.Controller.Inside(
            BuiltProgram.In("controller/Server", "haisoft-controller"),
            [
                $"--Controller:DataFolder={DataFolder}",
                $"--Controller:AgentsEndpoint={AgentsAddress}",
                $"--Controller:ConsoleEndpoint={Console}",
                $"--Controller:PublicAddress={_network.ControllerAddress}",
                .. _settings,
            ]);
        _program = RunningProgram.Start(program, arguments);
        TestRun.Note(_program.Identity);
    }

    /// <summary>The process that runs now.</summary>
    public ProcessIdentity Process => _program!.Identity;

    /// <summary>How it ended by itself, once it did.</summary>
    public Task<int> Exited => _program!.Exited;

    /// <summary>Whether it comes up, rather than ending.</summary>
    public async Task<bool> ComesUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadyAsync(cancellationToken);
            return true;
        }
        catch (InvalidOperationException) when (Exited.IsCompleted)
        {
            return false;
        }
    }

    /// <summary>Ends it as systemd does.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _program!.StopAsync(cancellationToken);
        await _program.DisposeAsync();
    }

    /// <summary><c>kill -9</c>, ready or not.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await _program!.KillAsync(cancellationToken);
        await _program.DisposeAsync();
    }

    /// <summary>Runs another program where the controller runs.</summary>
    public Task<ToolResult> RunBesideAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        _network.Controller.RunAsync(program, arguments, cancellationToken);

    /// <summary>Runs haisoftctl as the first technician.</summary>
    public Task<ToolResult> CtlAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) => RunBesideAsync(
        BuiltProgram.In("controller/Ctl", "haisoftctl"),
        ["--profile", Path.Combine(DataFolder, "haisoftctl.json"), .. arguments],
        cancellationToken);

    /// <summary>What haisoftctl, which must succeed, prints with <c>--json</c>.</summary>
    public async Task<JsonNode> CtlJsonAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        JsonNode.Parse((await CtlAsync([.. arguments, "--json"], cancellationToken)).Succeeded())!;

    /// <summary>The first technician, speaking gRPC.</summary>
    public Technician Technician() => new(_network.Controller, DataFolder);

    /// <summary>Whoever watches over it, beside it.</summary>
    public ControllerHealth Health() => new(_network.Controller, Console);

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _folder.Dispose();
    }
}
