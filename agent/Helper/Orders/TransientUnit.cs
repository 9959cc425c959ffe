using HaiSoft.Agent.Helper.Tools;

namespace HaiSoft.Agent.Helper.Orders;

/// <summary>
/// Carries an order out in a systemd unit of its own, outside of the control groups of the agent and of this job: a restart of either, or an
/// update that replaces them, does not disturb it. What dnf has begun goes on when its parent was killed.
/// </summary>
/// <param name="tool">Runs systemd-run.</param>
/// <param name="program">The helper's own path.</param>
internal sealed class TransientUnit(PackageTool tool, string program) : IOrderStarter
{
    private const string SystemdRun = "/usr/bin/systemd-run";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    public async Task StartAsync(string orderId, CancellationToken cancellationToken)
    {
        var result = await tool.RunAsync(
            SystemdRun,
            [
                $"--unit=haisoft-order-{orderId}", $"--description=HaiSoft order {orderId}", "--collect", "--no-block", "--quiet",
                "--property=KillMode=process", "--property=TimeoutStopSec=10min", "--property=UMask=0022",
                "--setenv=LC_ALL=C", "--setenv=DOTNET_EnableDiagnostics=0",
                "--", program, "carry-out", orderId,
            ],
            default,
            Within,
            cancellationToken);
        // Its unit may be there already; whether it works is seen by its lock.
        if (result is not { End: ToolEnd.Ended, ExitStatus: 0 })
            await Console.Error.WriteLineAsync($"haisoft-helper: systemd-run for the order {orderId} ended with {result.End}, {result.ExitStatus}: {result.Error}");
    }
}
