using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// The life of a call from its start to its one status: whatever ends it first (trailers, a failure, the caller's
/// cancellation, the deadline) decides, and everything that still waits is let go.
/// </summary>
internal abstract class CallLife : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private CancellationTokenRegistration _callerCancels;
    private CancellationTokenRegistration _parentCancels;
    private ITimer? _deadlineTimer;
    private Status? _status;
    private Metadata _trailers = Metadata.Empty;

    protected CallLife(GrpcChannel channel, CallOptions options)
    {
        Channel = channel;
        Options = options;
        Ended = _ended.Token;
        Deadline = EarlierDeadline(options);
    }

    public GrpcChannel Channel { get; }

    public CallOptions Options { get; }

    /// <summary>Cancelled when the call has ended.</summary>
    public CancellationToken Ended { get; }

    public Task<Metadata> Headers => _headers.Task;

    protected HttpResponseMessage? Response { get; private set; }

    /// <summary>UTC; null for no limit.</summary>
    protected DateTime? Deadline { get; }

    public Status GetStatus()
    {
        lock (_gate)
        {
            return _status ?? throw new InvalidOperationException("The call has no status before it has ended.");
        }
    }

    public Metadata GetTrailers()
    {
        lock (_gate)
        {
            return _status is null ? throw new InvalidOperationException("The call has no trailers before it has ended.") : _trailers;
        }
    }

    /// <summary>Whether the call has ended, and how.</summary>
    public bool TryGetStatus(out Status status)
    {
        lock (_gate)
        {
            status = _status ?? default;
            return _status is not null;
        }
    }

    /// <summary>Waits for the end, but not longer than this.</summary>
    public async Task EndsWithinAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, Channel.Time, Ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The call has ended.
        }
    }

    /// <summary>What the caller gets to see of a call that ended with another status than OK.</summary>
    public Exception Failure()
    {
        var status = GetStatus();
        var failure = new RpcException(status, GetTrailers());
        return Channel.Options.ThrowOperationCanceledOnCancellation && status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded
            ? new OperationCanceledException(status.Detail, failure, Options.CancellationToken)
            : failure;
    }

    public void Cancel() => End(new Status(StatusCode.Cancelled, "The client cancelled the call."));

    public void Dispose() => End(new Status(StatusCode.Cancelled, "The client disposed the call."));

    /// <summary>Ends the call with this status, unless it has ended before.</summary>
    public void End(Status status, Metadata? trailers = null)
    {
        lock (_gate)
        {
            if (_status is not null)
            {
                return;
            }

            _status = status;
            _trailers = trailers ?? [];
        }

        Channel.Remove(this);
        _deadlineTimer?.Dispose();
        _callerCancels.Unregister();
        _parentCancels.Unregister();
        if (status.StatusCode != StatusCode.OK && _headers.TrySetException(Failure()))
        {
            // Nobody has to ask for the headers of a call that failed.
            _ = _headers.Task.Exception;
        }

        _headers.TrySetResult([]);
        _ended.Cancel();
        Response?.Dispose();
        CallLog.Ended(Channel.Logger, status.StatusCode, status.DebugException);
    }

    /// <summary>Starts to watch for cancellation and deadline. False when the call has ended by that.</summary>
    protected bool Watch()
    {
        Channel.Add(this);
        _callerCancels = Options.CancellationToken.UnsafeRegister(static call => ((CallLife)call!).Cancel(), this);
        if (Options.PropagationToken is CallContextToken parent)
        {
            _parentCancels = parent.CancellationToken.UnsafeRegister(static call => ((CallLife)call!).Cancel(), this);
        }

        if (Deadline is not null)
        {
            _deadlineTimer = Channel.Time.CreateTimer(static call => ((CallLife)call!).CheckDeadline(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            CheckDeadline();
        }

        if (!TryGetStatus(out _))
        {
            return true;
        }

        // It may have ended while the watches were being set up.
        _deadlineTimer?.Dispose();
        _callerCancels.Unregister();
        _parentCancels.Unregister();
        return false;
    }

    /// <summary>The headers are there, the messages follow.</summary>
    protected void Arrived(HttpResponseMessage response, Metadata headers)
    {
        Keep(response);
        _headers.TrySetResult(headers);
    }

    /// <summary>Has the response disposed with the call.</summary>
    protected void Keep(HttpResponseMessage response)
    {
        Response = response;
        if (TryGetStatus(out _))
        {
            response.Dispose();
        }
    }

    protected TimeSpan Remaining() => Deadline!.Value - Channel.Time.GetUtcNow().UtcDateTime;

    private static DateTime? EarlierDeadline(CallOptions options)
    {
        var deadline = options.Deadline;
        if (deadline is { } given && given.Kind != DateTimeKind.Utc && given != DateTime.MaxValue && given != DateTime.MinValue)
        {
            throw new InvalidOperationException($"The deadline of a call must be in UTC (DateTimeKind.Utc); this one is {given.Kind}.");
        }

        if (options.PropagationToken is CallContextToken parent && (deadline is null || parent.Deadline < deadline))
        {
            deadline = parent.Deadline;
        }

        return deadline == DateTime.MaxValue ? null : deadline;
    }

    private void CheckDeadline()
    {
        var remaining = Remaining();
        if (remaining <= TimeSpan.Zero)
        {
            End(new Status(StatusCode.DeadlineExceeded, "The deadline of the call has passed."));
            return;
        }

        // A timer may fire a moment early: it is asked again, at least a millisecond later.
        var due = remaining < LongestTimer ? remaining + TimeSpan.FromMilliseconds(1) : LongestTimer;
        _deadlineTimer?.Change(due, Timeout.InfiniteTimeSpan);
    }
}
