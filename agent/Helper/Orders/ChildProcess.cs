using HaiSoft.Agent.Helper.Tools;

namespace HaiSoft.Agent.Helper.Orders;

/// <summary>Carries an order out in a process of its own, where there is no systemd. It outlives this one.</summary>
/// <param name="tool">Runs it.</param>
/// <param name="program">The helper's own path.</param>
/// <param name="options">What it is started with besides.</param>
internal sealed class ChildProcess(PackageTool tool, string program, IReadOnlyList<string> options) : IOrderStarter
{
    public Task StartAsync(string orderId, CancellationToken cancellationToken)
    {
        _ = tool.RunAsync(program, ["carry-out", orderId, .. options], default, TimeSpan.FromHours(12), CancellationToken.None);
        return Task.CompletedTask;
    }
}
