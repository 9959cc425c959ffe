using HaiSoft.FleetSimulator.Agents;
using HaiSoft.FleetSimulator.Figures;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Records;
using HaiSoft.FleetSimulator.Servers;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.FleetSimulator.Faults;

/// <summary>
/// Measures from the confirming report's leaving the agent to the incident's reaching a technician. A service of a server is down in two
/// reports, then up, and the incident is resolved, so that the next run finds the server as this one did.
/// </summary>
internal sealed class FaultProbe(Fleet fleet, TechnicianLink link, IncidentWatch watch, int seed, TimeProvider time)
{
    /// <summary>An incident that has not come by then is a miss.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(seed);
    private int _next;

    /// <summary>From the report's being written to the incident's being seen.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Faults whose incident did not come in time.</summary>
    public int Missed { get; private set; }

    /// <summary>Makes faults, one after the other, at this rate.</summary>
    public async Task RunAsync(double perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        await watch.BegunAsync(cancellationToken);
        long begun = time.GetTimestamp();
        List<Task> recoveries = [];
        while (time.GetElapsedTime(begun) < duration)
        {
            recoveries.Add(await FailAsync(cancellationToken));
            await Task.Delay(TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / perSecond), time, cancellationToken);
        }

        await Task.WhenAll(recoveries);
    }

    // Gives what is still to be done once the incident has been seen.
    private async Task<Task> FailAsync(CancellationToken cancellationToken)
    {
        (SimulatedAgent agent, ServiceDefinition service) = Next();
        Task<(string Incident, long Stamp)> seen = watch.Expect(agent.State.Identity.ServerName, $"service:{service.ServiceId}");
        try
        {
            await Send(agent, service, up: false).Acknowledged!.Task.WaitAsync(Patience, time, cancellationToken);
            SpooledReport confirming = Send(agent, service, up: false);
            (string incident, long stamp) = await seen.WaitAsync(Patience, time, cancellationToken);
            Latency.Add(time.GetElapsedTime(confirming.SentStamp, stamp));
            return RecoverAsync(agent, service, incident, cancellationToken);
        }
        catch (TimeoutException)
        {
            Missed++;
            return Task.CompletedTask;
        }
    }

    private async Task RecoverAsync(SimulatedAgent agent, ServiceDefinition service, string incident, CancellationToken cancellationToken)
    {
        await Send(agent, service, up: true).Acknowledged!.Task.WaitAsync(cancellationToken);
        await Send(agent, service, up: true).Acknowledged!.Task.WaitAsync(cancellationToken);
        ResolveIncidentRequest request = new() { IncidentId = incident, Note = "Simulated fault" };
        await link.Incidents.ResolveIncidentAsync(request, link.Options(cancellationToken));
    }

    private static SpooledReport Send(SimulatedAgent agent, ServiceDefinition service, bool up)
    {
        SpooledReport report = new(ServiceReports.Single(agent.State.Server, service, up))
        {
            Acknowledged = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously),
        };
        agent.State.Keep(report);
        agent.Wake();
        return report;
    }

    // Walks through the fleet, so that no server has a second fault before all others had one.
    private (SimulatedAgent Agent, ServiceDefinition Service) Next()
    {
        int turn = _next++;
        IReadOnlyList<ServiceDefinition> units = MainServices.Units;
        return (fleet.Agents[turn % fleet.Agents.Count], units[turn / fleet.Agents.Count % units.Count]);
    }
}
