using HaiSoft.FleetSimulator.Identities;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Benchmarks.Programs;

/// <summary>The prototype as a process of its own, on the data folder of a controller.</summary>
internal sealed class PrototypeProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private readonly RunningProgram _program;
    private readonly int _port;

    private PrototypeProgram(RunningProgram program, int port)
    {
        _program = program;
        _port = port;
    }

    public int ProcessId => _program.Identity.Id;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<PrototypeProgram> StartAsync(string data, CancellationToken cancellationToken)
    {
        int port = ControllerPorts.Free().Agents;
        RunningProgram running = RunningProgram.Start(Environment.ProcessPath!, [.. Own(), "prototype", "--data", data, "--port", $"{port}"]);
        try
        {
            using PortProbe probe = new();
            await probe.AnswersAsync(new Uri($"https://127.0.0.1:{port}/"), BetweenTries, cancellationToken).WaitAsync(Patience, cancellationToken);
            return new PrototypeProgram(running, port);
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same fleet, dialling the prototype.</summary>
    public FleetFile Fleet(FleetFile file) => file with { AgentsAddress = $"127.0.0.1:{_port}" };

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    // "dotnet haisoft-benchmarks.dll" or the program itself.
    private static IEnumerable<string> Own() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
