using System.Collections.Concurrent;
using Grpc.Core;
using HaiSoft.FleetSimulator.Figures;

namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>What a fleet did, counted by all its agents at once.</summary>
internal sealed class FleetCounters(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _errors = new();
    private long _acknowledged;
    private long _connected;
    private long _heldBack;
    private long _readings;
    private long _sent;
    private long _welcomes;

    /// <summary>From writing a report to its acknowledgement; a report that is sent again counts from its first time.</summary>
    public LatencyHistogram AckLatency { get; private set; } = new();

    /// <summary>Reports acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Streams that stand.</summary>
    public long Connected => Interlocked.Read(ref _connected);

    /// <summary>Numeric readings in what was acknowledged.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>Reports written to a stream; those sent again count again.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Reports that no spool had room for.</summary>
    public long HeldBack => Interlocked.Read(ref _heldBack);

    /// <summary>Streams that were opened.</summary>
    public long Welcomes => Interlocked.Read(ref _welcomes);

    /// <summary>How streams ended and dialling failed, other than in good order.</summary>
    public IReadOnlyDictionary<string, long> Errors => _errors;

    public void Welcome()
    {
        Interlocked.Increment(ref _welcomes);
        Interlocked.Increment(ref _connected);
    }

    public void Part() => Interlocked.Decrement(ref _connected);

    public void Send(int reports) => Interlocked.Add(ref _sent, reports);

    public void HoldBack(int reports) => Interlocked.Add(ref _heldBack, reports);

    public void Acknowledge(int readings, long sent, long stamp)
    {
        Interlocked.Increment(ref _acknowledged);
        Interlocked.Add(ref _readings, readings);
        AckLatency.Add(time.GetElapsedTime(sent, stamp));
    }

    public void Fail(Exception error) => _errors.AddOrUpdate(Kind(error), 1, (_, count) => count + 1);

    /// <summary>Latencies from now on alone: the start is over.</summary>
    public void ForgetLatencies() => AckLatency = new LatencyHistogram();

    private static string Kind(Exception error) => error switch
    {
        RpcException rpc => $"{rpc.StatusCode}: {Short(rpc.Status.Detail)}",
        _ => $"{error.GetType().Name}: {Short(error.Message)}",
    };

    private static string Short(string text) => text.Length <= 120 ? text : text[..120];
}
