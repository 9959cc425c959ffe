using System.Text.Json;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Benchmarks.Programs;

/// <summary>A real agent of this machine with its helper, enrolled at a controller.</summary>
internal sealed class AgentProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RunningProgram _agent;
    private readonly RunningProgram _helper;

    private AgentProgram(RunningProgram agent, RunningProgram helper)
    {
        _agent = agent;
        _helper = helper;
    }

    public int AgentId => _agent.Identity.Id;

    public int HelperId => _helper.Identity.Id;

    /// <summary>Enrols an agent and starts it and its helper, all state in a folder.</summary>
    public static async Task<AgentProgram> StartAsync(string programs, ScratchFolder folder, CreateEnrolmentTokenResponse token, CancellationToken cancellationToken)
    {
        string state = folder["agent", "state"];
        string socket = folder["agent", "helper.sock"];
        string configuration = folder.Write("agent/agent.json", JsonSerializer.Serialize(new { helperSocket = socket }));
        Directory.CreateDirectory(state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string agent = Path.Combine(programs, "haisoft-agent");
        string[] enrol = ["enroll", "--controller", token.ControllerAddress, "--token", token.Token, "--state", state];
        (await Tool.RunAsync(agent, enrol, cancellationToken)).Succeeded();

        RunningProgram helper = RunningProgram.Start(Path.Combine(programs, "haisoft-helper"), ["--socket", socket, "--peer-uid", "0"]);
        await ThereAsync(socket, helper, cancellationToken);
        return new AgentProgram(RunningProgram.Start(agent, ["run", "--config", configuration, "--state", state]), helper);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.StopAsync(CancellationToken.None);
        await _helper.StopAsync(CancellationToken.None);
        await _agent.DisposeAsync();
        await _helper.DisposeAsync();
    }

    private static async Task ThereAsync(string socket, RunningProgram helper, CancellationToken cancellationToken)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!File.Exists(socket))
        {
            if (helper.Exited.IsCompleted || TimeProvider.System.GetElapsedTime(begun) > Patience)
                throw new InvalidOperationException($"{helper.Command}\ndoes not listen:\n{helper.Said()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }
}
