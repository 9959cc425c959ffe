using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Spool;

/// <summary>The outbox' thread: groups pending records, writes them, makes them durable, removes what is not needed any more.</summary>
internal sealed class SpoolWriter : IDisposable
{
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMinutes(1);

    private readonly string _folder;
    private readonly SpoolOptions _options;
    private readonly AgentClock _clock;
    private readonly Outbox _outbox;
    private readonly AutoResetEvent _wake = new(false);
    private readonly AutoResetEvent _urgent = new(false);
    private readonly Thread _thread;
    private readonly string _memoryEpoch = Guid.NewGuid().ToString("n");
    private volatile SpoolStore? _store;
    private volatile TaskCompletionSource? _epochAsked;
    private volatile bool _failing;
    private volatile bool _stopping;
    private bool _failureTold;
    private long _memoryAcknowledged;

    public SpoolWriter(string folder, SpoolOptions options, AgentClock clock, Outbox outbox)
    {
        _folder = folder;
        _options = options;
        _clock = clock;
        _outbox = outbox;
        try
        {
            _store = SpoolStore.Open(folder, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _failing = true;
        }

        _thread = new Thread(Run, maxStackSize: 256 * 1024) { Name = "spool", IsBackground = true };
    }

    /// <summary>Records are served from memory: the disk does not take them.</summary>
    public bool IsFailing => _failing;

    public string Epoch => _store?.Epoch ?? _memoryEpoch;

    public long Last => _store?.Last ?? 0;

    public long Durable => _store?.Durable ?? 0;

    public long FirstHeld => _store?.FirstHeld ?? 0;

    public long Bytes => _store?.Bytes ?? 0;

    public long Acknowledged
    {
        get => _store?.Acknowledged ?? Interlocked.Read(ref _memoryAcknowledged);
        set
        {
            Interlocked.Exchange(ref _memoryAcknowledged, value);
            if (_store is { } store)
            {
                store.Acknowledged = value;
            }
        }
    }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        if (_store is { DamagedBytes: > 0 } store)
        {
            _outbox.OnDamage(store.DamagedBytes);
        }

        _thread.Start();
    }

    /// <summary>There is something to write.</summary>
    public void Wake(bool urgent)
    {
        if (urgent)
        {
            _urgent.Set();
        }

        _wake.Set();
    }

    public void Read(long after, int maximumBytes, List<SpooledRecord> into) => _store?.Read(after, maximumBytes, into);

    /// <summary>Has the thread begin a new epoch.</summary>
    public Task BeginEpochAsync()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _epochAsked = asked;
        Wake(urgent: true);
        return asked.Task;
    }

    public void Dispose()
    {
        _stopping = true;
        Wake(urgent: true);
        if (_thread.IsAlive)
        {
            _thread.Join(TimeSpan.FromSeconds(5)); // a disk that hangs must not keep the agent from ending
        }

        if (!_thread.IsAlive)
        {
            _store?.Dispose();
            _wake.Dispose();
            _urgent.Dispose();
        }
    }

    private void Run()
    {
        bool stopping;
        do
        {
            _wake.WaitOne(_failing ? _options.RetryAfter : HousekeepingInterval);
            stopping = _stopping;
            if (!stopping && !_failing)
            {
                _urgent.WaitOne(_options.GroupWithin);
            }

            try
            {
                Turn();
                _failing = false;
                _failureTold = false;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _failing = true;
                _store?.ForgetUnsynced();
                if (!_failureTold)
                {
                    _failureTold = true;
                    _outbox.OnFailure(error);
                }

                if (!stopping)
                {
                    _urgent.WaitOne(_options.RetryAfter);
                }
            }
        }
        while (!stopping);
    }

    private void Turn()
    {
        SpoolStore store = _store ??= Reopen();
        if (_epochAsked is { } asked)
        {
            store.BeginEpoch();
            _outbox.OnEpoch(store.Last);
            _epochAsked = null;
            asked.SetResult();
        }

        SpooledRecord[] pending = _outbox.TakePending();
        if (pending.Length > 0)
        {
            Write(store, pending);
        }

        store.Trim(_clock.UtcNow - _options.KeepAcknowledged);
        if (_stopping)
        {
            store.SaveCursor();
        }
    }

    private void Write(SpoolStore store, SpooledRecord[] pending)
    {
        foreach (SpooledRecord record in pending)
        {
            int bytes = RecordFormat.HeaderLength + record.Payload.Length;
            bool isUrgent = record.Priority == Priority.Urgent;
            store.MakeRoom(isUrgent ? 0 : bytes, isUrgent ? bytes : 0);
            store.Append([record]);
        }

        store.Sync();
        _outbox.OnDurable(pending[^1].Sequence);
    }

    private SpoolStore Reopen()
    {
        SpoolStore store = SpoolStore.Open(_folder, _options);
        _outbox.OnEpoch(store.Last);
        return store;
    }
}
