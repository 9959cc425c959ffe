namespace HaiSoft.Testing.Clock;

/// <summary>A timer of <see cref="SettableTime"/>.</summary>
internal sealed class SettableTimer(SettableTime time, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    internal TimeSpan DueAt { get; set; }

    /// <summary>Breaks ties: timers due at the same instant fire in the order in which they were armed.</summary>
    internal long Order { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            time.Disarm(this);
        }
        else
        {
            time.Arm(this, dueTime);
        }

        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        time.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        if (_period > TimeSpan.Zero)
        {
            time.Arm(this, _period);
        }

        callback(state);
    }
}
