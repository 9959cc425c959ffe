namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Whether a call's response is idle, being written or ended; one thing at a time.</summary>
internal sealed class CallProgress
{
    private const int Idle = 0;
    private const int Writing = 1;
    private const int Ended = 2;

    private int _state;

    public bool HasEnded => Volatile.Read(ref _state) == Ended;

    /// <exception cref="InvalidOperationException">Another write is in progress, or the call has ended.</exception>
    public void BeginWrite()
    {
        switch (Interlocked.CompareExchange(ref _state, Writing, Idle))
        {
            case Writing:
                throw new InvalidOperationException("Can't write the message: the previous write is in progress.");
            case Ended:
                throw new InvalidOperationException("Can't write the message: the call has ended.");
        }
    }

    public void EndWrite() => Interlocked.CompareExchange(ref _state, Idle, Writing);

    /// <summary>Takes the end of the call, unless a write is in progress or somebody took it before.</summary>
    public bool TryEnd() => Interlocked.CompareExchange(ref _state, Ended, Idle) == Idle;

    /// <summary>Takes the end of the call in the middle of a write; false when somebody took it before.</summary>
    public bool ForceEnd() => Interlocked.Exchange(ref _state, Ended) != Ended;
}
