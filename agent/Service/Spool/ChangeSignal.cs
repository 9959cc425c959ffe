using System.Threading.Channels;

namespace HaiSoft.Agent.Spool;

/// <summary>Says that something may have changed. Raised again before anybody waited, it is raised once. For one waiter.</summary>
internal sealed class ChangeSignal(TimeProvider time)
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Ends the wait of now, or the next one.</summary>
    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Ends when it is raised, or after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> raised = _raised.Reader.WaitToReadAsync(patience.Token).AsTask();
        if (await Task.WhenAny(raised, Task.Delay(longest, time, patience.Token)) == raised)
        {
            _raised.Reader.TryRead(out _);
        }

        await patience.CancelAsync();
    }
}
