namespace HaiSoft.Agent.Linux;

/// <summary>
/// What is known of the main loops' lives: each says that it turned, and how long it may be silent. The watchdog is
/// only fed while all of them turn, so that a hung loop ends in a restart and not in silence.
/// </summary>
internal sealed class Liveness(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Pulse> _pulses = [];

    /// <summary>Adds a loop that must turn at least once within <paramref name="longestSilence"/>.</summary>
    public Pulse Register(string loop, TimeSpan longestSilence)
    {
        Pulse pulse = new(loop, longestSilence, time);
        lock (_gate)
        {
            _pulses.Add(pulse);
        }

        return pulse;
    }

    /// <summary>The first loop that has been silent for too long; <c>null</c> when all turn.</summary>
    public string? FindSilent()
    {
        lock (_gate)
        {
            foreach (Pulse pulse in _pulses)
            {
                if (pulse.IsSilent)
                {
                    return pulse.Loop;
                }
            }
        }

        return null;
    }

    /// <summary>One loop's life.</summary>
    internal sealed class Pulse(string loop, TimeSpan longestSilence, TimeProvider time)
    {
        private long _last = time.GetTimestamp();
        private volatile bool _ended;

        /// <summary>Which loop.</summary>
        public string Loop => loop;

        /// <summary>Longer silent than it may be, and not ended in good order.</summary>
        public bool IsSilent => !_ended && time.GetElapsedTime(Interlocked.Read(ref _last)) > longestSilence;

        /// <summary>The loop turned.</summary>
        public void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());

        /// <summary>The loop has ended in good order and is missed no more.</summary>
        public void End() => _ended = true;
    }
}
