using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Spool;

/// <summary>The outbox' thread: groups pending records, writes them, makes them durable, removes what is not needed any more.</summary>
internal sealed class SpoolWriter : IDisposable
{
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Func<ISpoolDisk> _disk;
    private readonly SpoolOptions _options;
    private readonly AgentClock _clock;
    private readonly Outbox _outbox;
    private readonly SpoolHealth _health;
    private readonly AutoResetEvent _wake = new(false);
    private readonly AutoResetEvent _urgent = new(false);
    private readonly Thread _thread;
    private volatile SpoolStore? _store;
    private SpoolStore? _waiting;
    private volatile bool _failing;
    private volatile bool _stopping;
    private bool _failureTold;
    private long _damageTold;
    private long _housekept;

    /// <param name="disk">Makes the disk, each time the spool is opened.</param>
    /// <param name="options">How much and how soon.</param>
    /// <param name="clock">Stamps.</param>
    /// <param name="outbox">Has the records, and hears what became of them.</param>
    /// <param name="health">Hears how the disk does.</param>
    public SpoolWriter(Func<ISpoolDisk> disk, SpoolOptions options, AgentClock clock, Outbox outbox, SpoolHealth health)
    {
        _disk = disk;
        _options = options;
        _clock = clock;
        _outbox = outbox;
        _health = health;
        _thread = new Thread(Run, maxStackSize: 256 * 1024) { Name = "spool", IsBackground = true };
    }

    /// <summary>The disk does not take records.</summary>
    public bool IsFailing => _failing;

    /// <summary>What is on disk; <c>null</c> while it could not be opened.</summary>
    public SpoolStore? Store => _store;

    /// <summary>Opens the spool, if the disk lets it be read.</summary>
    /// <param name="newEpoch">The epoch of a spool that is new.</param>
    public void Open(string newEpoch)
    {
        try
        {
            _store = OpenStore(newEpoch);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _failing = true;
        }
    }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread.Start();
        Wake(urgent: true); // mends what was found, or tells what is wrong
    }

    /// <summary>There is something to do.</summary>
    public void Wake(bool urgent)
    {
        if (urgent)
        {
            _urgent.Set();
        }

        _wake.Set();
    }

    public void Dispose()
    {
        _stopping = true;
        Wake(urgent: true);
        if (!_thread.IsAlive || _thread.Join(Farewell)) // a disk that hangs must not keep the agent from ending
        {
            _store?.Dispose();
            _waiting?.Dispose();
            _wake.Dispose();
            _urgent.Dispose();
        }
    }

    private SpoolStore OpenStore(string newEpoch)
    {
        ISpoolDisk disk = _disk();
        try
        {
            return SpoolStore.Open(disk, _options, newEpoch);
        }
        catch
        {
            disk.Dispose();
            throw;
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
                _health.Begin();
                _health.End(Turn());
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Fail(error);
                if (!stopping)
                {
                    _urgent.WaitOne(_options.RetryAfter);
                }
            }
        }
        while (!stopping);
    }

    private void Fail(Exception error)
    {
        _failing = true;
        _store?.ForgetUnsynced();
        _health.Fail(error);
        if (!_failureTold)
        {
            _failureTold = true;
            _outbox.OnFailure(error);
        }
    }

    // True when something was written.
    private bool Turn()
    {
        if (TakeStore() is not { } store)
        {
            return false;
        }

        store.Mend();
        if (_outbox.IsChangingEpoch)
        {
            long shift = store.BeginEpoch();
            _outbox.OnEpoch(store.Epoch, shift);
        }

        bool wrote = WritePending(store);
        store.Trim(_clock.UtcNow);
        TellDamage(store);
        if (_stopping || _clock.Time.GetElapsedTime(_housekept) >= HousekeepingInterval)
        {
            _housekept = _clock.Time.GetTimestamp();
            store.SaveCursor();
        }

        return wrote;
    }

    private bool WritePending(SpoolStore store)
    {
        SpooledRecord[] pending = _outbox.TakePending();
        if (pending.Length > 0)
        {
            PendingWrite.Write(store, pending, _outbox.OnDurable);
        }
        else if (_failing)
        {
            store.Probe(); // memory may have served all there was
        }
        else
        {
            return false;
        }

        _failing = false;
        _failureTold = false;
        return true;
    }

    // One that could be opened late joins when nothing is under way under the epoch that memory had meanwhile.
    private SpoolStore? TakeStore()
    {
        if (_store is null)
        {
            _waiting ??= OpenStore(_outbox.Epoch);
            if (_outbox.TryJoin(_waiting, () => _store = _waiting))
            {
                _waiting = null;
            }
        }

        return _store;
    }

    private void TellDamage(SpoolStore store)
    {
        if (store.DamagedBytes is var bytes && bytes > _damageTold)
        {
            _damageTold = bytes;
            _outbox.OnDamage(bytes);
        }
    }
}
