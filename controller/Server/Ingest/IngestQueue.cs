using System.Threading.Channels;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// The streams that have something for the writer. A stream with a fault, or with a Hello, goes before those that bring measurements, and
/// takes along what it has waiting before that: its records stay in order. Among equals each has its turn, whatever it holds.
/// What waits is bounded by <see cref="IngestBudget"/>.
/// </summary>
internal sealed class IngestQueue
{
    // A stream's part of a batch, so that one that sends much holds up nobody.
    private const int LargestTurn = 128;
    private readonly Lock _gate = new();
    private readonly Queue<AgentStream> _first = new();
    private readonly Queue<AgentStream> _bulk = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How many streams wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _first.Count + _bulk.Count;
        }
    }

    /// <summary>Puts work in the queue.</summary>
    public void Add(StreamWork work)
    {
        lock (_gate)
        {
            WorkList waiting = work.Stream.Waiting;
            waiting.Add(work);
            if (work.GoesFirst && waiting.Lane != WorkLane.First)
                Enter(work.Stream, WorkLane.First);
            else if (waiting.Lane == WorkLane.None)
                Enter(work.Stream, WorkLane.Bulk);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until something is there.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (Count == 0)
            await _signal.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>Takes a batch of about this weight.</summary>
    public void Take(List<StreamWork> batch, int weight)
    {
        lock (_gate)
        {
            while (weight > 0 && TryNext(out AgentStream? stream))
                weight -= TakeTurn(batch, stream);
        }
    }

    private bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AgentStream? stream)
    {
        if (_first.TryDequeue(out stream))
            return true;
        while (_bulk.TryDequeue(out stream))
        {
            // One that went first since then has been served.
            if (stream.Waiting.Lane == WorkLane.Bulk)
                return true;
        }

        return false;
    }

    private int TakeTurn(List<StreamWork> batch, AgentStream stream)
    {
        WorkLane lane = stream.Waiting.Lane;
        stream.Waiting.Lane = WorkLane.None;
        int taken = 0;
        while (!stream.Waiting.IsEmpty && taken < LargestTurn)
        {
            StreamWork work = stream.Waiting.Take();
            batch.Add(work);
            taken += work.Weight;
        }

        if (!stream.Waiting.IsEmpty)
            Enter(stream, lane);
        return taken;
    }

    private void Enter(AgentStream stream, WorkLane lane)
    {
        stream.Waiting.Lane = lane;
        (lane == WorkLane.First ? _first : _bulk).Enqueue(stream);
    }
}
