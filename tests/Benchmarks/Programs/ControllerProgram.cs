using System.Globalization;
using HaiSoft.FleetSimulator.Records;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Benchmarks.Programs;

/// <summary>A controller that runs on free ports and a data folder.</summary>
internal sealed class ControllerProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(2);

    private readonly RunningProgram _program;
    private readonly string _data;

    private ControllerProgram(RunningProgram program, string data)
    {
        _program = program;
        _data = data;
    }

    public int ProcessId => _program.Identity.Id;

    public required ControllerPorts Ports { get; init; }

    /// <summary>From the start of the process until all three ports answered.</summary>
    public TimeSpan StartToReady { get; private init; }

    /// <summary>How technicians reach it.</summary>
    public ControllerProfile Profile => ControllerProfile.Read(Path.Combine(_data, "haisoftctl.json"));

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="data">Its data folder.</param>
    /// <param name="ports">Where it listens.</param>
    /// <param name="options">Further options: those of its store.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message has what it said.</exception>
    public static async Task<ControllerProgram> StartAsync(string program, string data, ControllerPorts ports, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        long begun = TimeProvider.System.GetTimestamp();
        RunningProgram running = RunningProgram.Start(program, [
            $"--Controller:DataFolder={data}",
            $"--Controller:AgentsEndpoint=127.0.0.1:{ports.Agents}",
            $"--Controller:TechniciansEndpoint=127.0.0.1:{ports.Technicians}",
            $"--Controller:ConsoleEndpoint=http://127.0.0.1:{ports.Console}",
            string.Create(CultureInfo.InvariantCulture, $"--Controller:PublicAddress=127.0.0.1:{ports.Agents}"),
            "--Logging:LogLevel:Default=Warning",
            .. options,
        ]);
        try
        {
            await AnswersAsync(ports, running, cancellationToken);
            return new ControllerProgram(running, data) { Ports = ports, StartToReady = TimeProvider.System.GetElapsedTime(begun) };
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it in good order.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _program.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static async Task AnswersAsync(ControllerPorts ports, RunningProgram program, CancellationToken cancellationToken)
    {
        using PortProbe probe = new();
        Task all = Task.WhenAll(ports.Addresses.Select(address => probe.AnswersAsync(address, BetweenTries, cancellationToken)));
        Task first = await Task.WhenAny(all, program.Exited, Task.Delay(Patience, cancellationToken));
        if (first != all)
            throw new InvalidOperationException($"{program.Command}\nis not ready:\n{program.Said()}");
        await all;
    }
}
