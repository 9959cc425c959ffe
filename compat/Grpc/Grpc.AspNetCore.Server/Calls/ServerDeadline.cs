namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The end of the client's patience. A call without one costs nothing for it.</summary>
internal sealed class ServerDeadline : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource? _source;
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private Action? _passed;

    public ServerDeadline(TimeSpan? timeout, TimeProvider time, CancellationToken aborted)
    {
        _time = time;
        Token = aborted;
        if (timeout is { } limit)
        {
            var now = time.GetUtcNow().UtcDateTime;
            Instant = limit < DateTime.MaxValue - now ? now + limit : DateTime.MaxValue;
            _source = CancellationTokenSource.CreateLinkedTokenSource(aborted);
            Token = _source.Token;
        }
    }

    /// <summary>UTC; <see cref="DateTime.MaxValue"/> for none.</summary>
    public DateTime Instant { get; } = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    /// <summary>Cancelled when the client is gone or the deadline has passed.</summary>
    public CancellationToken Token { get; }

    public bool HasPassed => _source is not null && _time.GetUtcNow().UtcDateTime >= Instant;

    /// <summary>Starts the clock.</summary>
    public void Start(Action passed)
    {
        if (_source is not null && Instant != DateTime.MaxValue)
        {
            _passed = passed;
            _timer = _time.CreateTimer(static deadline => ((ServerDeadline)deadline!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Check();
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _source?.Dispose();
    }

    private void Check()
    {
        var remaining = Instant - _time.GetUtcNow().UtcDateTime;
        if (remaining > TimeSpan.Zero)
        {
            _timer?.Change(remaining < LongestTimer ? remaining + TimeSpan.FromMilliseconds(1) : LongestTimer, Timeout.InfiniteTimeSpan);
            return;
        }

        _passed?.Invoke();
        try
        {
            _source!.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended at the same moment.
        }
    }
}
