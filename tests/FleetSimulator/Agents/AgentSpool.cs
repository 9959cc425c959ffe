using HaiSoft.FleetSimulator.Servers;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>What a simulated agent has to say and what of it is acknowledged. In memory: one epoch for each run.</summary>
internal sealed class AgentSpool(int capacity)
{
    /// <summary>Most reports of a batch.</summary>
    private const int LargestBatch = 500;

    private readonly Lock _gate = new();
    private readonly Queue<SpooledReport> _sent = new();
    private Queue<SpooledReport> _waiting = new();
    private long _lastWritten;
    private TaskCompletionSource? _room;
    private int _roomBound;

    public string Epoch { get; } = SimulatedServer.NewEpoch();

    /// <summary>The highest sequence ever written; 0 for none.</summary>
    public long LastWritten
    {
        get
        {
            lock (_gate)
                return _lastWritten;
        }
    }

    /// <summary>Reports that are not acknowledged.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
                return _sent.Count + _waiting.Count;
        }
    }

    /// <summary>The lowest sequence held; 0 for none.</summary>
    public long FirstHeld()
    {
        lock (_gate)
            return _sent.TryPeek(out SpooledReport? first) || _waiting.TryPeek(out first) ? first.Report.Sequence : 0;
    }

    /// <summary>Gives reports their places; false when there is no room for them, and none of them is taken.</summary>
    public bool Add(IReadOnlyList<SpooledReport> reports)
    {
        lock (_gate)
        {
            if (_sent.Count + _waiting.Count + reports.Count > capacity)
                return false;

            foreach (SpooledReport report in reports)
            {
                report.Report.Sequence = ++_lastWritten;
                _waiting.Enqueue(report);
            }

            return true;
        }
    }

    /// <summary>The next batch within a credit; null when there is none.</summary>
    public ReportBatch? NextBatch(CreditAccount credit, long stamp)
    {
        lock (_gate)
        {
            ReportBatch? batch = null;
            while (_waiting.TryPeek(out SpooledReport? next) && (batch?.Reports.Count ?? 0) < LargestBatch && credit.Spend(next.Bytes))
            {
                _waiting.Dequeue();
                _sent.Enqueue(next);
                next.SentStamp = next.SentStamp == 0 ? stamp : next.SentStamp;
                batch ??= new ReportBatch { SpoolEpoch = Epoch };
                batch.Reports.Add(next.Report);
            }

            return batch;
        }
    }

    /// <summary>Lets go of what is durable, oldest first.</summary>
    public IReadOnlyList<SpooledReport> Acknowledge(long sequence)
    {
        lock (_gate)
        {
            List<SpooledReport> done = [];
            while (_sent.TryPeek(out SpooledReport? first) && first.Report.Sequence <= sequence)
                done.Add(_sent.Dequeue());
            if (_sent.Count + _waiting.Count < _roomBound)
                _room?.TrySetResult();
            return done;
        }
    }

    /// <summary>Waits until fewer reports than this are held. For one waiter at a time.</summary>
    public Task LessThanAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_sent.Count + _waiting.Count < count)
                return Task.CompletedTask;

            _roomBound = count;
            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>A new stream: what was sent and not acknowledged is sent again.</summary>
    public void Rewind()
    {
        lock (_gate)
        {
            if (_sent.Count == 0)
                return;

            _waiting = new Queue<SpooledReport>(_sent.Concat(_waiting));
            _sent.Clear();
        }
    }
}
