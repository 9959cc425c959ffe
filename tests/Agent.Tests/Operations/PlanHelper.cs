using HaiSoft.Agent.Helper.Listening;
using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Tests.Operations;

/// <summary>The helper's job "plan", listening in this process.</summary>
internal sealed class PlanHelper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IRequestDesk _desk;
    private readonly Task _served;

    public PlanHelper(string socketPath, IRequestDesk desk)
    {
        _desk = desk;
        var listener = OwnSocket.Listen(socketPath);
        HelperServer server = new(
            listener, new HashSet<uint> { 0, LinuxCalls.GetEffectiveUserId() }, desk, Timeout.InfiniteTimeSpan, TimeProvider.System);
        _served = Task.Run(async () =>
        {
            using (listener)
            {
                await server.ServeAsync(_stop.Token);
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _served;
        _stop.Dispose();
        _desk.Dispose();
    }
}
