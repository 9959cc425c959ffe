using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Privileges;
using HaiSoft.Agent.Readings;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Hardware;

/// <summary>Has the privileged helper read hardware.</summary>
internal sealed class HelperClient(string socketPath, TimeSpan patience, AgentClock clock)
{
    private readonly HelperSocket _socket = new(socketPath, "haisoft-helper.socket", patience, clock.Time);

    /// <summary>Every run of the tool that reads the source; unavailable when the helper does not answer.</summary>
    public async Task<Reading<IReadOnlyList<ToolOutput>>> ProbeAsync(ProbeSource source, CancellationToken cancellationToken) =>
        await _socket.AskAsync(new HelperRequest { Probe = new Probe { Source = source } }, cancellationToken) switch
        {
            Measured<HelperResponse> { Value.Probe: { } probe } => Reading.Measured<IReadOnlyList<ToolOutput>>([.. probe.Runs.Select(ToolRuns.Read)]),
            Unavailable<HelperResponse> { Why: var why } => new Unavailable<IReadOnlyList<ToolOutput>>(why),
            _ => new Unavailable<IReadOnlyList<ToolOutput>>(HelperSocket.NotUnderstood),
        };
}
