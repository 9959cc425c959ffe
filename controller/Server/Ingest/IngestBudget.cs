using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Bytes of reports that this node has taken in and not made durable, over all streams. When they reach the bound no stream is read: what
/// agents send stays in their connections' windows, then in their spools. Streams go on in the order in which they were stopped, as many as
/// there is room for.
/// </summary>
internal sealed class IngestBudget(IOptions<IngestOptions> options)
{
    // Agents send at once what fits into a round: most messages have less.
    private const int Turn = 64 << 10;

    // Few of all agents send what they may at the same time.
    private const int Overcommitted = 2;
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _stopped = new();
    private readonly long _most = options.Value.InFlightBytes;
    private readonly int _largestCredit = options.Value.CreditBytes;
    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Streams that are not read for want of room.</summary>
    public int Stopped
    {
        get
        {
            lock (_gate)
                return _stopped.Count;
        }
    }

    /// <summary>What one of so many streams may have under way: its share of the whole, within what the options and the protocol ask for.</summary>
    public int CreditAmong(int streams) =>
        (int)Math.Clamp(Overcommitted * _most / Math.Max(1, streams), IngestOptions.SmallestCredit, _largestCredit);

    /// <summary>Holds what was read.</summary>
    public void Hold(int bytes) => Interlocked.Add(ref _held, bytes);

    /// <summary>Lets go of what is durable, was given up, or was kept free for a message.</summary>
    public void Release(int bytes)
    {
        if (bytes > 0 && Interlocked.Add(ref _held, -bytes) < _most)
            LetGo();
    }

    /// <summary>Waits until the next message may be read.</summary>
    /// <returns>What is kept free for it; release it once the message is held, or none is there to be read.</returns>
    public ValueTask<int> RoomAsync(CancellationToken cancellationToken) => Held < _most ? new(0) : WaitAsync(cancellationToken);

    private async ValueTask<int> WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _stopped.Enqueue(turn);
        // It may have been let go of just before.
        if (Held < _most)
            LetGo();
        try
        {
            await turn.Task.WaitAsync(cancellationToken);
            return Turn;
        }
        catch (OperationCanceledException)
        {
            if (!turn.TrySetCanceled(cancellationToken))
                Release(Turn);
            throw;
        }
    }

    // One message each, whose room is held before the next stream is let go.
    private void LetGo()
    {
        lock (_gate)
        {
            while (Held < _most && _stopped.TryDequeue(out TaskCompletionSource? turn))
            {
                if (turn.TrySetResult())
                    Hold(Turn);
            }
        }
    }
}
