using Grpc.Core;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// Answers calls while the store does not tell who calls: UNAVAILABLE, and when to come back. Otherwise they would get HTTP 500, which
/// says neither that it passes nor when.
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
            Refusal refusal = new(StatusCode.Unavailable, "The controller's store does not work now: come back when retry-after has passed.")
            {
                // Each another: who is refused at once does not come back at once.
                RetryAfter = Soonest + (Spread * Random.Shared.NextDouble()),
            };
            refusal.WriteTo(context.Response);
        }
    }

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
        [LoggerMessage(2061, LogLevel.Error, "The store does not tell who calls; {Count} calls were sent away since the last such entry, to come back later")]
        public static partial void SentAway(ILogger logger, Exception exception, long count);
    }
}
