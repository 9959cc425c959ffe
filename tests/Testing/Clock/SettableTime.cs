namespace HaiSoft.Testing.Clock;

/// <summary>
/// A clock that stands still until the test moves it. Timers made from it (also through <c>Task.Delay</c> and
/// <c>PeriodicTimer</c>) fire inside <see cref="Advance"/>, each at its own instant, in the order in which they are due.
/// The wall clock can also be stepped alone (<see cref="StepWallClock"/>), as an administrator or NTP does: timers and
/// <see cref="TimeProvider.GetTimestamp"/> follow the monotonic clock and do not move.
/// </summary>
public sealed class SettableTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<SettableTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _awaitingTimers = [];
    private DateTimeOffset _wallClock = start.ToUniversalTime();
    private TimeSpan _elapsed;
    private long _armings;

    /// <summary>Starts on 2026-03-02 09:00:00 UTC, a Monday, 10:00 in Paris.</summary>
    public SettableTime() : this(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers wait to fire.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _wallClock;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SettableTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves both clocks forward and fires what falls due on the way; callbacks see the instant at which they were due.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;
        lock (_gate)
        {
            target = _elapsed + by;
        }

        while (TakeNextDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            MoveTo(target);
        }
    }

    /// <summary>Moves both clocks forward to this instant of the wall clock.</summary>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>Steps the wall clock alone, forward or back.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _wallClock += by;
        }
    }

    /// <summary>
    /// Completes when at least this many timers are armed: the code under test has reached its wait, and the test may
    /// <see cref="Advance"/> without racing it.
    /// </summary>
    public Task TimersArmedAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_armed.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaitingTimers.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Arm(SettableTimer timer, TimeSpan dueIn)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            timer.DueAt = _elapsed + dueIn;
            timer.Order = _armings++;
            _armed.Add(timer);
            foreach (var waiting in _awaitingTimers.FindAll(waiting => _armed.Count >= waiting.Count))
            {
                _awaitingTimers.Remove(waiting);
                waiting.Reached.SetResult();
            }
        }
    }

    internal void Disarm(SettableTimer timer)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
        }
    }

    private SettableTimer? TakeNextDue(TimeSpan target)
    {
        lock (_gate)
        {
            var next = _armed.MinBy(timer => (timer.DueAt, timer.Order));
            if (next is null || next.DueAt > target)
            {
                return null;
            }

            MoveTo(next.DueAt);
            _armed.Remove(next);
            return next;
        }
    }

    private void MoveTo(TimeSpan elapsed)
    {
        if (elapsed > _elapsed)
        {
            _wallClock += elapsed - _elapsed;
            _elapsed = elapsed;
        }
    }
}
