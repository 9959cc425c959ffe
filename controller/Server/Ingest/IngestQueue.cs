using System.Threading.Channels;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// The streams that have something for the writer. A stream with a fault, or with a Hello, goes before those that bring measurements, and
/// takes along what it has waiting before that: its records stay in order. Among equals each has its turn, whatever it holds; and a part of
/// each batch is kept for the others, so that one that tells of faults without end holds nobody up.
/// What waits is bounded by <see cref="IngestBudget"/>.
/// </summary>
internal sealed class IngestQueue
{
    // A stream's part of a batch, so that one that sends much holds up nobody.
    private const int LargestTurn = 128;

    // One part in so many of a batch is for those that do not go first.
    private const int OthersPart = 4;

    // So many streams are worth a commit, however young the last one is.
    private const int Pressing = 100;
    private readonly Lock _gate = new();
    private readonly Queue<AgentStream> _first = new();
    private readonly Queue<AgentStream> _bulk = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private TaskCompletionSource? _pressed;

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
            if (IsPressing)
                _pressed?.TrySetResult();
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until something is there.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (Count == 0)
            await _signal.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>
    /// Gives what is not urgent so much time to gather, by the machine's clock: until then, until something goes first, or until many
    /// streams wait.
    /// </summary>
    public async Task GatherAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        TaskCompletionSource pressed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (IsPressing)
                return;
            _pressed = pressed;
        }

        await pressed.Task.WaitAsync(most, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Takes a batch of about this weight.</summary>
    public void Take(List<StreamWork> batch, int weight)
    {
        lock (_gate)
        {
            int others = weight / OthersPart;
            int left = Take(batch, WorkLane.First, weight - others) + others;
            left = Take(batch, WorkLane.Bulk, left);
            Take(batch, WorkLane.First, left);
        }
    }

    private bool IsPressing => _first.Count > 0 || _bulk.Count >= Pressing;

    // What is left of the weight then; a last turn may take more.
    private int Take(List<StreamWork> batch, WorkLane lane, int weight)
    {
        while (weight > 0 && TryNext(lane, out AgentStream? stream))
            weight -= TakeTurn(batch, stream);
        return weight;
    }

    private bool TryNext(WorkLane lane, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AgentStream? stream)
    {
        while (LineOf(lane).TryDequeue(out stream))
        {
            // One that went first since then has been served, or stands there.
            if (stream.Waiting.Lane == lane)
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
        LineOf(lane).Enqueue(stream);
    }

    private Queue<AgentStream> LineOf(WorkLane lane) => lane == WorkLane.First ? _first : _bulk;
}
