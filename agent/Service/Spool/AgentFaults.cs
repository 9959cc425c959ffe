using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Observations;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// Which parts of the agent do not do their work. A part's failure and its end are each reported once, and all that
/// stand are reported again on a resync.
/// </summary>
internal sealed class AgentFaults(AgentClock clock, Action<Observation, Priority> submit)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<AgentPart, string> _standing = [];
    private readonly HashSet<AgentPart> _told = [];

    /// <summary>What stands now, in words.</summary>
    public IReadOnlyDictionary<AgentPart, string> Standing
    {
        get
        {
            lock (_gate)
            {
                return new SortedDictionary<AgentPart, string>(_standing);
            }
        }
    }

    /// <summary>A part does not do its work.</summary>
    /// <param name="part">Which.</param>
    /// <param name="detail">What happened and what to do, without contents of the server (DOMAIN 7.8).</param>
    public void Raise(AgentPart part, string detail)
    {
        detail = Wording.Bound(detail);
        lock (_gate)
        {
            if (_standing.TryGetValue(part, out string? known))
            {
                _standing[part] = detail;
                if (known == detail || part == AgentPart.Spool)
                {
                    return; // a full disk must not fill the memory with tales of itself
                }
            }

            _standing[part] = detail;
            _told.Add(part);
        }

        submit(new AgentFaultObserved(clock.Now(), part, Failing: true, detail), Priority.Urgent);
    }

    /// <summary>
    /// A part works. Reported when it did not before, and once after the agent's start: a fault that an earlier process
    /// told of may be over.
    /// </summary>
    public void Clear(AgentPart part)
    {
        lock (_gate)
        {
            if (!_standing.Remove(part) & !_told.Add(part))
            {
                return;
            }
        }

        submit(new AgentFaultObserved(clock.Now(), part, Failing: false, "works"), Priority.Urgent);
    }

    /// <summary>Reports again what stands.</summary>
    public void ReportAgain()
    {
        foreach ((AgentPart part, string detail) in Standing)
        {
            submit(new AgentFaultObserved(clock.Now(), part, Failing: true, detail), Priority.Urgent);
        }
    }
}
