using System.Threading.Tasks.Sources;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// What is to be said to an agent. Acknowledgements that it was not told yet become one, so that an agent that reads slowly costs no
/// memory; everything else is said in order, and bounded.
/// </summary>
internal sealed class StreamVoice : IValueTaskSource<bool>
{
    // Configurations, checks, a resync: a person's pace.
    private const int Backlog = 64;
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _wake = new() { RunContinuationsAsynchronously = true };
    private Queue<ConnectResponse>? _words;
    private string _epoch = "";
    private long _sequence;
    private long _creditBytes;
    private bool _awaited;
    private bool _closed;

    /// <summary>Says something.</summary>
    /// <returns>False when the agent has left too much unread.</returns>
    public bool Say(ConnectResponse response)
    {
        lock (_gate)
        {
            _words ??= new(1);
            if (_words.Count >= Backlog)
                return false;
            // In the order in which it was said.
            if (NextAck() is { } ack)
                _words.Enqueue(ack);
            _words.Enqueue(response);
            Wake();
            return true;
        }
    }

    /// <summary>Acknowledges everything up to a sequence, and gives leave for as many bytes again.</summary>
    /// <param name="epoch">The spool's epoch.</param>
    /// <param name="sequence">The highest durable sequence; 0 to acknowledge nothing.</param>
    /// <param name="creditBytes">What the records held of the credit.</param>
    public void Acknowledge(string epoch, long sequence, long creditBytes)
    {
        lock (_gate)
        {
            _epoch = epoch;
            _sequence = Math.Max(_sequence, sequence);
            _creditBytes += creditBytes;
            Wake();
        }
    }

    /// <summary>Nothing more will be said.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Wake();
        }
    }

    /// <summary>Waits for something to say; false when nothing follows. For one waiter.</summary>
    public ValueTask<bool> WaitAsync()
    {
        lock (_gate)
        {
            if (HasWords || _closed)
                return new(HasWords);
            _wake.Reset();
            _awaited = true;
            return new(this, _wake.Version);
        }
    }

    /// <summary>The next to say; absent for nothing.</summary>
    public ConnectResponse? Next()
    {
        lock (_gate)
        {
            if (_words is { Count: > 0 })
                return _words.Dequeue();
            return NextAck();
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _wake.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wake.OnCompleted(continuation, state, token, flags);

    private bool HasWords => _sequence > 0 || _creditBytes > 0 || _words is { Count: > 0 };

    private void Wake()
    {
        if (!_awaited)
            return;
        _awaited = false;
        _wake.SetResult(HasWords);
    }

    private ConnectResponse? NextAck()
    {
        (long sequence, _sequence) = (_sequence, 0);
        (long credit, _creditBytes) = (_creditBytes, 0);
        return sequence > 0 ? new() { Ack = new() { SpoolEpoch = _epoch, Sequence = sequence, CreditBytes = credit } }
            : credit > 0 ? new() { Credit = new() { AdditionalBytes = credit } }
            : null;
    }
}
