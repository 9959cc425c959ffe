using HaiSoft.FleetSimulator.Agents;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>Agents that share a process and nothing else.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly FleetOptions _options;
    private readonly TimeProvider _time;
    private readonly DialGate _gate;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopTurns = new();
    private readonly List<Task> _running = [];

    public Fleet(FleetFile file, int first, int count, FleetOptions options, LedgerWriter? ledger, TimeProvider time)
    {
        _options = options;
        _time = time;
        _gate = new DialGate(options.DialAtOnce);
        Counters = new FleetCounters(time);
        Authority authority = new(file.Authority);
        Agents = [.. Enumerable.Range(first, count).Select(number => Agent(file, number, authority, ledger))];
    }

    public IReadOnlyList<SimulatedAgent> Agents { get; }

    public FleetCounters Counters { get; }

    /// <summary>Brings all agents to the controller; they say nothing but Hello yet.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _running.AddRange(Agents.Select(agent => Task.Run(() => agent.RunAsync(_stop.Token), cancellationToken)));
        await Task.WhenAll(Agents.Select(agent => agent.Welcomed)).WaitAsync(cancellationToken);
        _gate.Open();
    }

    /// <summary>Has every agent tell its whole state, then take its turns; returns at once.</summary>
    public void BeginReporting() =>
        _running.AddRange(Agents.Select(agent => Task.Run(() => new AgentTurns(agent, _options, _time).RunAsync(_stopTurns.Token))));

    /// <summary>Has the first so many servers' web service go down and come back, until reporting ends.</summary>
    public void BeginFlapping(int servers) => _running.AddRange(
        Agents.Take(servers).Select(agent => Task.Run(() => new FlappingService(agent, _options.Seed, _time).RunAsync(_stopTurns.Token))));

    /// <summary>
    /// Waits until the controller holds every agent's whole first state, and forgets the latencies until then: what a fleet does every day
    /// is measured, not its first minute.
    /// </summary>
    public async Task FirstStateKnownAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Agents.Select(agent => agent.State.Begun)).WaitAsync(cancellationToken);
        await Task.WhenAll(Agents.Select(agent => agent.Mark())).WaitAsync(cancellationToken);
        Counters.ForgetLatencies();
    }

    /// <summary>No agent takes another turn.</summary>
    public Task EndReportingAsync() => _stopTurns.CancelAsync();

    /// <summary>Waits until nothing is left to be acknowledged; false when it takes longer.</summary>
    public async Task<bool> SettleAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        long begun = _time.GetTimestamp();
        while (Agents.Any(agent => agent.State.Spool.Held > 0))
        {
            if (_time.GetElapsedTime(begun) > within)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellationToken);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopTurns.CancelAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _stopTurns.Dispose();
        _gate.Dispose();
    }

    private SimulatedAgent Agent(FleetFile file, int number, Authority authority, LedgerWriter? ledger)
    {
        SimulatedIdentity identity = file.Identities[number - 1];
        SimulatedServer server = new(number, _options.Seed, _options.Readings, _time);
        AgentSpool spool = new(_options.SpoolCapacity);
        AgentTally tally = new(Counters, ledger, identity.ServerName, spool.Epoch);
        AgentState state = new(identity, server, new ReportMaker(server, _options.Mix), spool, tally);
        return new SimulatedAgent(state, _gate, file.AgentsAddress, authority, _options.Reconnect, _time);
    }
}
