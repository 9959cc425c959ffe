using System.Threading.Channels;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Observations;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// Where sensors hand over what they observed, and the session takes it from. Never blocks a sensor and never waits for
/// the disk: a thread of its own writes, and memory holds what the disk does not take, bounded.
/// </summary>
internal sealed partial class Outbox : IDisposable
{
    private readonly AgentClock _clock;
    private readonly Func<Observation, byte[]> _encode;
    private readonly ILogger<Outbox> _logger;
    private readonly StallWatch _stalls;
    private readonly SpoolHealth _health;
    private readonly SpoolWriter _writer;
    private readonly PatientReading _reading;
    private readonly Lock _gate = new();
    private readonly PendingRecords _pending;
    private readonly ChangeSignal _changes;
    private volatile string _epoch = SpoolStore.NewEpoch();
    private volatile bool _isChangingEpoch;
    private long _last;
    private long _sent;
    private long _memoryAcknowledged;
    private int _turnsWithoutJoin;

    /// <param name="disk">Makes the spool's disk.</param>
    /// <param name="options">How much and how soon.</param>
    /// <param name="clock">Stamps.</param>
    /// <param name="encode">Turns an observation into what is stored and sent.</param>
    /// <param name="logger">Gets failures of the disk.</param>
    public Outbox(Func<ISpoolDisk> disk, SpoolOptions options, AgentClock clock, Func<Observation, byte[]> encode, ILogger<Outbox> logger)
    {
        _clock = clock;
        _encode = encode;
        _logger = logger;
        _changes = new ChangeSignal(clock.Time);
        _pending = new PendingRecords(options.MemoryBytes);
        _reading = new PatientReading(options.StalledAfter, clock.Time, Nudge);
        Faults = new AgentFaults(clock, Submit);
        _health = new SpoolHealth(options, clock.Time, Faults, Nudge);
        _stalls = new StallWatch(clock.Time, options.StalledAfter, () => Durable, OnStalled);
        _writer = new SpoolWriter(disk, options, clock, this, _health);
        _writer.Open(_epoch);
        if (_writer.Store is { } store)
        {
            _epoch = store.Epoch;
            _last = store.Last;
            _sent = store.Last; // an earlier process may have sent all of it
        }

        _writer.Start();
    }

    /// <summary>The parts of the agent that do not do their work.</summary>
    public AgentFaults Faults { get; }

    /// <summary>Urgent records that the disk did not take in time, to be sent at once, marked so.</summary>
    public ChannelReader<SpooledRecord> Stalled => _stalls.Stalled;

    /// <summary>The life of the spool.</summary>
    public string Epoch => _epoch;

    /// <summary>Another epoch begins: sequences of the one before are of no use any more.</summary>
    public bool IsChangingEpoch => _isChangingEpoch;

    /// <summary>Nothing waits to become durable.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count == 0 && !_writer.IsFailing && !_isChangingEpoch;
            }
        }
    }

    /// <summary>What stands where in the spool, for Hello and for the status.</summary>
    public SpoolPosition Position
    {
        get
        {
            lock (_gate)
            {
                bool memory = ServesMemory && _pending.Count > 0;
                long last = memory ? _last : Durable;
                long first = _writer.Store?.FirstHeld ?? 0;
                first = first == 0 && memory ? _pending.First : first;
                return new SpoolPosition(
                    _epoch,
                    first <= last ? first : 0, // written, and not durable yet
                    last,
                    Acknowledged,
                    (_writer.Store?.Bytes ?? 0) + _pending.Bytes);
            }
        }
    }

    private bool ServesMemory => _writer.IsFailing || _health.IsHanging || _writer.Store is null;

    private long Durable => _writer.Store?.Durable ?? 0;

    private long Acknowledged => _writer.Store?.Acknowledged ?? Interlocked.Read(ref _memoryAcknowledged);

    /// <summary>Ends when there may be more to send, or after <paramref name="longest"/>.</summary>
    public Task WaitForChangeAsync(TimeSpan longest, CancellationToken cancellationToken) => _changes.WaitAsync(longest, cancellationToken);

    /// <summary>Ends the wait: there is something else to send.</summary>
    public void Nudge() => _changes.Raise();

    /// <summary>Takes an observation. It is durable soon, at once if urgent.</summary>
    public void Submit(Observation observation, Priority priority)
    {
        byte[] payload = _encode(observation);
        SpooledRecord record;
        lock (_gate)
        {
            record = new SpooledRecord(++_last, _clock.UtcNow, priority, payload);
            if (payload.Length > RecordFormat.MaximumPayload)
            {
                Log.TooLarge(_logger, observation.GetType().Name, payload.Length); // its sequence stays without a record, and is told as a gap
                return;
            }

            if (_pending.Add(record) is > 0 and int dropped)
            {
                Log.DroppedFromMemory(_logger, dropped);
            }

            if (priority == Priority.Urgent)
            {
                _stalls.Await(record);
            }
        }

        _writer.Wake(priority == Priority.Urgent);
    }

    /// <summary>
    /// Records after a sequence, in order, at least one if there is one: durable ones, and while the disk gives trouble also
    /// those that only memory holds. None when the epoch is another by now, or when the disk does not give them in time: then
    /// <see cref="WaitForChangeAsync"/> ends once it does.
    /// </summary>
    public Task<IReadOnlyList<SpooledRecord>> ReadAsync(string epoch, long after, int maximumBytes, CancellationToken cancellationToken) =>
        _reading.ReadAsync(new PatientReading.Question(epoch, after, maximumBytes), Read, cancellationToken);

    /// <summary>The controller holds everything up to a sequence. Another epoch's acknowledgement is not one.</summary>
    public void Acknowledge(string epoch, long sequence)
    {
        lock (_gate)
        {
            if (epoch == _epoch && sequence > Acknowledged)
            {
                TakeAcknowledged(sequence);
            }
        }
    }

    /// <summary>
    /// The controller told how far it holds an epoch, which may be less than it once acknowledged.
    /// </summary>
    /// <returns>
    /// False when it holds more than was ever sent from here: the spool is a copy, or lost its end. A new epoch begins then;
    /// only urgent records can be sent until it has.
    /// </returns>
    public bool Resume(string epoch, long durableAtController)
    {
        lock (_gate)
        {
            if (epoch != _epoch || _isChangingEpoch)
            {
                return false;
            }

            if (durableAtController <= _sent)
            {
                TakeAcknowledged(durableAtController);
                return true;
            }

            TakeAcknowledged(_sent); // these it got from the spool that this one was copied from
            _isChangingEpoch = true;
        }

        Log.SpoolIsOlder(_logger, durableAtController);
        _writer.Wake(urgent: true);
        return false;
    }

    /// <summary>
    /// Another machine reports from a copy of this spool: a new epoch begins, with what was not acknowledged to this one. Only urgent
    /// records can be sent until it has.
    /// </summary>
    public void Part(string epoch)
    {
        lock (_gate)
        {
            if (epoch != _epoch || _isChangingEpoch)
            {
                return;
            }

            _isChangingEpoch = true;
        }

        Log.SpoolIsShared(_logger);
        _writer.Wake(urgent: true);
    }

    /// <summary>True when a record needs no urgent way any more.</summary>
    public bool IsDurable(SpooledRecord record) => record.Sequence <= Durable;

    /// <summary>Writes what is pending, then stops. Nothing may be submitted afterwards.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _stalls.Dispose();
        _health.Dispose();
    }

    /// <summary>What the writer has to write now.</summary>
    internal SpooledRecord[] TakePending()
    {
        lock (_gate)
        {
            return _pending.ToArray();
        }
    }

    /// <summary>The writer made everything up to a sequence durable.</summary>
    internal void OnDurable(long sequence)
    {
        lock (_gate)
        {
            _pending.RemoveThrough(sequence);
        }

        Nudge();
    }

    /// <summary>A new epoch began, in which sequences are lower.</summary>
    internal void OnEpoch(string epoch, long shift)
    {
        lock (_gate)
        {
            _pending.RemoveThrough(shift);
            Renumber(epoch, shift);
            _sent = 0;
            _isChangingEpoch = false;
        }

        Nudge();
    }

    /// <summary>
    /// A store could be opened after records went out from memory. Its sequences go before those of memory; not while the
    /// controller may hold records that it has not acknowledged, unless that lasts.
    /// </summary>
    internal bool TryJoin(SpoolStore store, Action join)
    {
        const int LongestWait = 12;
        lock (_gate)
        {
            if (!store.IsNew)
            {
                if (_sent > _memoryAcknowledged && _turnsWithoutJoin++ < LongestWait)
                {
                    return false;
                }

                _pending.RemoveThrough(_memoryAcknowledged);
                Renumber(store.Epoch, _memoryAcknowledged - store.Last);
                _sent = store.Last;
                _isChangingEpoch = false;
            }
            else
            {
                store.Acknowledge(store.Epoch, _memoryAcknowledged);
            }

            join();
            return true;
        }
    }

    /// <summary>The disk does not take records.</summary>
    internal void OnFailure(Exception error)
    {
        Log.DiskFails(_logger, error.Message);
        Nudge();
    }

    /// <summary>Damage was found.</summary>
    internal void OnDamage(long bytes)
    {
        Log.Damaged(_logger, bytes);
        _health.FindDamage(bytes);
    }

    private void Renumber(string epoch, long shift)
    {
        _epoch = epoch;
        _last -= shift;
        _pending.Shift(shift);
        _stalls.AwaitOnly(_pending.ToArray().Where(record => record.Priority == Priority.Urgent));
    }

    private void TakeAcknowledged(long sequence)
    {
        Interlocked.Exchange(ref _memoryAcknowledged, sequence);
        _writer.Store?.Acknowledge(_epoch, sequence);
        if (ServesMemory)
        {
            _pending.RemoveThrough(sequence);
        }
    }

    private List<SpooledRecord> Read(PatientReading.Question question)
    {
        List<SpooledRecord> records = [];
        while (true)
        {
            long durable = Durable;
            if (question.After < durable)
            {
                _writer.Store?.Read(question.Epoch, question.After, question.MaximumBytes, records);
            }

            lock (_gate)
            {
                if (question.Epoch != _epoch || _isChangingEpoch)
                {
                    return [];
                }

                if (records.Count == 0 && durable != Durable)
                {
                    continue; // what memory does not have any more lies on the disk by now
                }

                if (records.Count == 0 && ServesMemory)
                {
                    _pending.Read(Math.Max(question.After, durable), question.MaximumBytes, records);
                }

                _sent = records.Count > 0 ? Math.Max(_sent, records[^1].Sequence) : _sent;
                return records;
            }
        }
    }

    private void OnStalled()
    {
        Log.Stalled(_logger);
        _health.Stall();
        Nudge();
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Error, "The spool cannot be written, reports are kept in memory: {Error}")]
        public static partial void DiskFails(ILogger logger, string error);

        [LoggerMessage(2002, LogLevel.Warning, "The spool's disk does not answer in time; urgent reports are sent without it.")]
        public static partial void Stalled(ILogger logger);

        [LoggerMessage(2003, LogLevel.Warning, "{Count} reports were dropped: the disk does not take them and memory is used up.")]
        public static partial void DroppedFromMemory(ILogger logger, int count);

        [LoggerMessage(2004, LogLevel.Error, "A report of kind {Kind} is too large to be kept ({Bytes} bytes) and was left out.")]
        public static partial void TooLarge(ILogger logger, string kind, int bytes);

        [LoggerMessage(2005, LogLevel.Warning, "The controller holds sequence {Sequence}, which this spool never sent: it was put back from a copy. A new epoch begins.")]
        public static partial void SpoolIsOlder(ILogger logger, long sequence);

        [LoggerMessage(2007, LogLevel.Warning, "Another machine reports from a copy of this spool: this server was copied. A new epoch begins.")]
        public static partial void SpoolIsShared(ILogger logger);

        [LoggerMessage(2006, LogLevel.Error, "{Bytes} damaged bytes of the spool were set aside.")]
        public static partial void Damaged(ILogger logger, long bytes);
    }
}
