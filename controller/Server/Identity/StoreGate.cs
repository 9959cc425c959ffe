using Grpc.Core;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// Answers calls while the store fails: UNAVAILABLE, and when to come back. Otherwise they would get HTTP 500 or UNKNOWN, which say neither
/// that it passes nor when.
/// </summary>
internal sealed partial class StoreGate(StoreConnections store, TimeProvider time, ILogger<StoreGate> logger)
{
    // What a handshake costs of the processor decides, while nothing can be done for it.
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(40);

    // A whole fleet may be sent away again and again.
    private static readonly TimeSpan ToldEach = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private long _untold;
    private long? _toldAt;

    /// <summary>Lets a call through, or answers it. Before authentication.</summary>
    public async Task LetThroughAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (IsCall(context) && !context.Response.HasStarted && store.Engine.FaultIn(e) is { } fault)
        {
            Note(fault);
            ComeBack().WriteTo(context.Response);
        }
    }

    /// <summary>Does what a call asks for. What a handler throws never gets as far as the one above: gRPC answers it.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the store failed.</exception>
    public async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (store.Engine.FaultIn(e) is { } fault)
        {
            Note(fault);
            throw ComeBack().ToException();
        }
    }

    // Each at another time: who is refused at once does not come back at once.
    private static Refusal ComeBack() => new(StatusCode.Unavailable, "The controller's store does not work now: come back when retry-after has passed.")
    {
        RetryAfter = Soonest + (Spread * Random.Shared.NextDouble()),
    };

    private static bool IsCall(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<CallPolicyMetadata>() is not null;

    private void Note(Exception fault)
    {
        long count;
        lock (_gate)
        {
            _untold++;
            if (_toldAt is { } at && time.GetElapsedTime(at) < ToldEach)
                return;
            (count, _untold, _toldAt) = (_untold, 0, time.GetTimestamp());
        }

        Log.SentAway(logger, fault, count);
    }

    private static partial class Log
    {
        [LoggerMessage(2061, LogLevel.Error, "The store fails; {Count} calls were sent away since the last such entry, to come back later")]
        public static partial void SentAway(ILogger logger, Exception exception, long count);
    }
}
