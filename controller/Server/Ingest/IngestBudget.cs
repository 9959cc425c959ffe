using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Bytes of reports that this node has taken in and not made durable, over all streams. When they reach the bound no stream is read: what
/// agents send stays in their connections' windows, then in their spools. Streams go on in the order in which they were stopped.
/// </summary>
internal sealed class IngestBudget(IOptions<IngestOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _stopped = new();
    private readonly long _most = options.Value.InFlightBytes;
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

    /// <summary>Holds what was read.</summary>
    public void Hold(int bytes) => Interlocked.Add(ref _held, bytes);

    /// <summary>Lets go of what is durable, or was given up.</summary>
    public void Release(int bytes)
    {
        if (Interlocked.Add(ref _held, -bytes) < _most)
            LetGo();
    }

    /// <summary>Waits until the next message may be read.</summary>
    public Task RoomAsync(CancellationToken cancellationToken)
    {
        if (Held < _most)
            return Task.CompletedTask;
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _stopped.Enqueue(turn);
        // It may have been let go of just before.
        if (Held < _most)
            LetGo();
        return turn.Task.WaitAsync(cancellationToken);
    }

    // One message each: whoever is let go holds its bytes before the next is asked for.
    private void LetGo()
    {
        lock (_gate)
        {
            while (_stopped.TryDequeue(out TaskCompletionSource? turn))
                turn.TrySetResult();
        }
    }
}
