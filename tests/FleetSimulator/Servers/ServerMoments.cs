using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>A server's clocks: the wall, and the time since its boot.</summary>
internal sealed class ServerMoments(TimeProvider time, TimeSpan uptime, string bootId)
{
    private const long NanosecondsPerTick = 100;

    private readonly DateTimeOffset _booted = time.GetUtcNow() - uptime;
    private readonly Lock _gate = new();
    private DateTimeOffset _last;

    public string BootId => bootId;

    public DateTimeOffset Booted => _booted;

    /// <summary>The wall clock, in whole microseconds, as the controller keeps it; never the same twice.</summary>
    public DateTimeOffset Now()
    {
        DateTimeOffset now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        lock (_gate)
        {
            return _last = now > _last ? now : _last.AddMicroseconds(1);
        }
    }

    public static Timestamp Stamp(DateTimeOffset moment) => Timestamp.FromDateTimeOffset(moment);

    public Duration Uptime(DateTimeOffset at)
    {
        long ticks = (at - _booted).Ticks;
        return new Duration { Seconds = ticks / TimeSpan.TicksPerSecond, Nanos = (int)(ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick) };
    }

    /// <summary>A report of this moment, still without a body; the spool gives it its place.</summary>
    public Report Report(DateTimeOffset at) => new()
    {
        ReportId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
        ObservedTime = Stamp(at),
        ObservedUptime = Uptime(at),
        BootId = bootId,
    };
}
