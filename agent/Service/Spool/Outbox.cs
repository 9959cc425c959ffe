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
    private readonly SpoolOptions _options;
    private readonly AgentClock _clock;
    private readonly Func<Observation, byte[]> _encode;
    private readonly ILogger<Outbox> _logger;
    private readonly StallWatch _stalls;
    private readonly SpoolWriter _writer;
    private readonly Lock _gate = new();
    private readonly PendingRecords _pending;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private long _last;

    /// <param name="folder">The spool's own folder.</param>
    /// <param name="options">How much and how soon.</param>
    /// <param name="clock">Stamps.</param>
    /// <param name="encode">Turns an observation into what is stored and sent.</param>
    /// <param name="logger">Gets failures of the disk.</param>
    public Outbox(string folder, SpoolOptions options, AgentClock clock, Func<Observation, byte[]> encode, ILogger<Outbox> logger)
    {
        _options = options;
        _clock = clock;
        _encode = encode;
        _logger = logger;
        _pending = new PendingRecords(options.MemoryBytes);
        Faults = new AgentFaults(clock, Submit);
        _stalls = new StallWatch(clock.Time, options.StalledAfter, () => _writer!.Durable, OnStalled);
        _writer = new SpoolWriter(folder, options, clock, this);
        _last = _writer.Last;
        _writer.Start();
    }

    /// <summary>The parts of the agent that do not do their work.</summary>
    public AgentFaults Faults { get; }

    /// <summary>Urgent records that the disk did not take in time, to be sent at once, marked so.</summary>
    public ChannelReader<SpooledRecord> Stalled => _stalls.Stalled;

    /// <summary>What stands where in the spool, for Hello and for the status.</summary>
    public SpoolPosition Position
    {
        get
        {
            lock (_gate)
            {
                long durable = _writer.Durable;
                bool memory = _writer.IsFailing && _pending.Count > 0;
                long last = memory ? _last : durable;
                long first = _writer.FirstHeld;
                first = first == 0 && memory ? _pending.First : first;
                return new SpoolPosition(
                    _writer.Epoch,
                    first <= last ? first : 0, // written, and not durable yet
                    last,
                    _writer.Acknowledged,
                    _writer.Bytes + _pending.Bytes);
            }
        }
    }

    /// <summary>Ends when there may be more to send, or after <paramref name="longest"/>.</summary>
    public async Task WaitForChangeAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> change = _changes.Reader.WaitToReadAsync(patience.Token).AsTask();
        if (await Task.WhenAny(change, Task.Delay(longest, _clock.Time, patience.Token)) == change)
        {
            _changes.Reader.TryRead(out _);
        }

        await patience.CancelAsync();
    }

    /// <summary>Ends the wait: there is something else to send.</summary>
    public void Nudge() => _changes.Writer.TryWrite(true);

    /// <summary>Takes an observation. It is durable soon, at once if urgent.</summary>
    public void Submit(Observation observation, Priority priority)
    {
        byte[] payload = _encode(observation);
        if (payload.Length > RecordFormat.MaximumPayload)
        {
            Log.TooLarge(_logger, observation.GetType().Name, payload.Length);
            return;
        }

        SpooledRecord record;
        lock (_gate)
        {
            record = new SpooledRecord(++_last, _clock.UtcNow, priority, payload);
            if (_pending.Add(record) is > 0 and int dropped)
            {
                Log.DroppedFromMemory(_logger, dropped);
            }
        }

        if (priority == Priority.Urgent)
        {
            _stalls.Await(record);
        }

        _writer.Wake(priority == Priority.Urgent);
    }

    /// <summary>
    /// Records after a sequence, in order, at least one if there is one: durable ones, and while the disk fails also
    /// those that only memory holds.
    /// </summary>
    public void Read(long after, int maximumBytes, List<SpooledRecord> into)
    {
        _writer.Read(after, maximumBytes, into);
        if (into.Count == 0 && _writer.IsFailing)
        {
            lock (_gate)
            {
                _pending.Read(after, maximumBytes, into);
            }
        }
    }

    /// <summary>The controller holds everything up to a sequence. Another epoch's acknowledgement is not one.</summary>
    public void Acknowledge(string epoch, long sequence)
    {
        if (epoch != _writer.Epoch || sequence <= _writer.Acknowledged)
        {
            return;
        }

        _writer.Acknowledged = sequence;
        if (_writer.IsFailing)
        {
            lock (_gate)
            {
                _pending.RemoveThrough(sequence);
            }
        }
    }

    /// <summary>
    /// The controller told how far it holds this epoch, which may be less than it once acknowledged.
    /// </summary>
    /// <returns>False when it holds more than was ever written here: the spool is a copy, and a new epoch begins. Say Hello again.</returns>
    public async Task<bool> ResumeAsync(long durableAtController, CancellationToken cancellationToken)
    {
        if (durableAtController > Position.LastWritten)
        {
            Log.SpoolIsOlder(_logger, durableAtController);
            await _writer.BeginEpochAsync().WaitAsync(cancellationToken);
            return false;
        }

        _writer.Acknowledged = durableAtController;
        return true;
    }

    /// <summary>True when a record needs no urgent way any more.</summary>
    public bool IsDurable(SpooledRecord record) => record.Sequence <= _writer.Durable;

    /// <summary>Writes what is pending, then stops. Nothing may be submitted afterwards.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _stalls.Dispose();
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

        Faults.Clear(AgentPart.Spool);
        _changes.Writer.TryWrite(true);
    }

    /// <summary>The writer began a new epoch, in which <paramref name="last"/> is the last sequence.</summary>
    internal void OnEpoch(long last)
    {
        lock (_gate)
        {
            _last = _pending.Renumber(last);
        }
    }

    /// <summary>The disk does not take records.</summary>
    internal void OnFailure(Exception error)
    {
        Log.DiskFails(_logger, error.Message);
        Faults.Raise(AgentPart.Spool, $"The spool cannot be written ({error.GetType().Name}): free or repair the file system of the agent's state folder.");
        _changes.Writer.TryWrite(true);
    }

    /// <summary>Recovery found damage.</summary>
    internal void OnDamage(long bytes)
    {
        Log.Damaged(_logger, bytes);
        Faults.Raise(AgentPart.Spool, $"{bytes} damaged bytes of the spool were set aside; look at the disk of the agent's state folder.");
    }

    private void OnStalled()
    {
        Log.Stalled(_logger);
        Faults.Raise(AgentPart.Spool, "The spool's disk does not answer in time; findings are sent without it.");
        _changes.Writer.TryWrite(true);
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

        [LoggerMessage(2005, LogLevel.Warning, "The controller holds sequence {Sequence}, which this spool never wrote: it was put back from a copy. A new epoch begins.")]
        public static partial void SpoolIsOlder(ILogger logger, long sequence);

        [LoggerMessage(2006, LogLevel.Error, "{Bytes} damaged bytes of the spool were set aside.")]
        public static partial void Damaged(ILogger logger, long bytes);
    }
}
