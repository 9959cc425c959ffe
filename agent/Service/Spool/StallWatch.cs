using System.Threading.Channels;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// Watches urgent records on their way to the disk. Those that are not durable in time come out of <see cref="Stalled"/>
/// to be sent without the spool: a dying disk hangs exactly then (DESIGN 3).
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly Func<long> _durable;
    private readonly Action _stalled;
    private readonly Lock _gate = new();
    private readonly Queue<(SpooledRecord Record, long Since)> _awaited = new();
    private readonly Channel<SpooledRecord> _channel = Channel.CreateBounded<SpooledRecord>(
        new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly ITimer _timer;

    /// <param name="time">Monotonic stamps and the timer.</param>
    /// <param name="patience">How long a record may take.</param>
    /// <param name="durable">The highest sequence that is durable.</param>
    /// <param name="stalled">Called when records come out.</param>
    public StallWatch(TimeProvider time, TimeSpan patience, Func<long> durable, Action stalled)
    {
        _time = time;
        _patience = patience;
        _durable = durable;
        _stalled = stalled;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Records that the disk did not take in time, oldest first.</summary>
    public ChannelReader<SpooledRecord> Stalled => _channel.Reader;

    /// <summary>A record is on its way.</summary>
    public void Await(SpooledRecord record)
    {
        lock (_gate)
        {
            _awaited.Enqueue((record, _time.GetTimestamp()));
            if (_awaited.Count == 1)
            {
                _timer.Change(_patience, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Only these are on their way from now on: sequences have changed.</summary>
    public void AwaitOnly(IEnumerable<SpooledRecord> records)
    {
        lock (_gate)
        {
            _awaited.Clear();
        }

        foreach (SpooledRecord record in records)
        {
            Await(record);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var any = false;
        lock (_gate)
        {
            while (_awaited.TryPeek(out (SpooledRecord Record, long Since) head))
            {
                TimeSpan left = _patience - _time.GetElapsedTime(head.Since);
                bool durable = head.Record.Sequence <= _durable();
                if (!durable && left > TimeSpan.Zero)
                {
                    _timer.Change(left, Timeout.InfiniteTimeSpan);
                    break;
                }

                _awaited.Dequeue();
                any |= !durable && _channel.Writer.TryWrite(head.Record);
            }
        }

        if (any)
        {
            _stalled();
        }
    }
}
