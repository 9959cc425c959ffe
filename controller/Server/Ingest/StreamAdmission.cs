using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Lets so many streams in per second, and a second's worth at once (a token bucket). Who comes too early is told when to come back, each
/// its own instant, so that a fleet that was cut off returns in a row; while the controller stops, all are told to come back later.
/// </summary>
internal sealed class StreamAdmission(IOptions<IngestOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHint = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1.0 / options.Value.StreamsPerSecond);
    private TimeSpan _filledUntil;
    private TimeSpan _promisedUntil;
    private TimeSpan _closedUntil;
    private long _refused;

    /// <summary>How many were told to come back.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Asks to open a stream.</summary>
    /// <returns>Nothing: come in. Otherwise after what time to come back.</returns>
    public TimeSpan? Ask()
    {
        lock (_gate)
        {
            TimeSpan now = time.GetElapsedTime(_start);
            TimeSpan filled = Later(_filledUntil, now) + _interval;
            if (now >= _closedUntil && filled - now <= Burst)
            {
                _filledUntil = filled;
                return null;
            }

            Interlocked.Increment(ref _refused);
            TimeSpan next = Later(Later(_promisedUntil, now + Burst), _closedUntil) + _interval;
            if (next - now > LongestHint)
                return LongestHint;
            _promisedUntil = next;
            return next - now;
        }
    }

    /// <summary>Lets nobody in for some time: the controller stops.</summary>
    public void CloseFor(TimeSpan duration)
    {
        lock (_gate)
            _closedUntil = time.GetElapsedTime(_start) + duration;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
