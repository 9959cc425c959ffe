using HaiSoft.FleetSimulator.Identities;
using HaiSoft.FleetSimulator.Servers;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>What of an agent outlives its streams.</summary>
internal sealed class AgentState(SimulatedIdentity identity, SimulatedServer server, ReportMaker maker, AgentSpool spool, AgentTally tally)
{
    // Reports are made and spooled in one step: a series is announced before it is used.
    private readonly Lock _making = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SimulatedIdentity Identity => identity;

    public SimulatedServer Server => server;

    public AgentSpool Spool => spool;

    public AgentTally Tally => tally;

    /// <summary>The configuration that the agent works by; 0 for its defaults.</summary>
    public long ConfigurationVersion
    {
        get => maker.ConfigurationVersion;
        set => maker.ConfigurationVersion = value;
    }

    /// <summary>Completes once the agent's first reports are spooled.</summary>
    public Task Begun => _begun.Task;

    /// <summary>The agent's first reports: its whole state.</summary>
    public void Begin()
    {
        lock (_making)
        {
            Spooled([.. maker.WholeState().Select(report => new SpooledReport(report))]);
            _begun.TrySetResult();
        }
    }

    /// <summary>The controller asks for the whole state; before <see cref="Begin"/> that is still to come.</summary>
    public void Resync()
    {
        lock (_making)
        {
            if (_begun.Task.IsCompleted)
                Spooled([.. maker.WholeState().Select(report => new SpooledReport(report))]);
        }
    }

    /// <summary>The reports of the next turn.</summary>
    public void Turn()
    {
        lock (_making)
            Spooled([.. maker.NextTurn().Select(report => new SpooledReport(report))]);
    }

    /// <summary>A service is looked at, and found as it is from now on.</summary>
    public void Look(ServiceDefinition service, bool up)
    {
        lock (_making)
        {
            server.Down = up ? null : service;
            Spooled([new SpooledReport(ServiceReports.Single(server, service, up))]);
        }
    }

    /// <summary>What a technician's question about a service is answered with; nothing of one that it does not have.</summary>
    public CheckAnswer Answer(CheckRequest request) => new()
    {
        RequestId = request.RequestId,
        Check = server.Services.FirstOrDefault(service => service.ServiceId == request.ServiceId) is { } service ? ServiceReports.Now(server, service) : null,
    };

    /// <summary>One report of measurements, whose acknowledgement can be awaited.</summary>
    public Task<long> Mark()
    {
        TaskCompletionSource<long> acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_making)
            Spooled([new SpooledReport(server.Measurements.Take()) { Acknowledged = acknowledged }]);
        return acknowledged.Task;
    }

    /// <summary>One report that was made elsewhere.</summary>
    public void Keep(SpooledReport report) => Spooled([report]);

    private void Spooled(IReadOnlyList<SpooledReport> reports)
    {
        if (!spool.Add(reports))
            tally.NoRoom(reports.Count);
    }
}
