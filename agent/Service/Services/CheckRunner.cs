using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>Makes checks: units in one call, everything else side by side, bounded.</summary>
internal sealed class CheckRunner(Systemctl systemctl, FileRoots roots, UnitWatch watch, AgentClock clock, ServicesOptions options)
{
    private const int AtOnce = 8;
    private readonly FileSystemCheck _fileSystems = new(roots, clock.Time);
    private readonly HttpCheck _http = new(clock.Time);

    /// <summary>Asks systemd for these services' units, and for others.</summary>
    public Task<Systemctl.Answer> ReadUnitsAsync(
        IReadOnlyList<ServiceDefinition> services, IReadOnlyList<string> others, CancellationToken cancellationToken)
    {
        HashSet<string> units = new(others, StringComparer.Ordinal);
        foreach (ServiceDefinition service in services)
        {
            if (service.Target is SystemdTarget target)
            {
                units.Add(target.Unit);
            }
        }

        return systemctl.ShowAsync(units, cancellationToken);
    }

    /// <summary>Checks services, in their order.</summary>
    public async Task<IReadOnlyList<ServiceCheck>> RunAsync(IReadOnlyList<ServiceDefinition> services, CancellationToken cancellationToken) =>
        await RunAsync(services, await ReadUnitsAsync(services, [], cancellationToken), cancellationToken);

    /// <summary>Checks services, in their order, units from what systemd just answered.</summary>
    public async Task<IReadOnlyList<ServiceCheck>> RunAsync(
        IReadOnlyList<ServiceDefinition> services, Systemctl.Answer units, CancellationToken cancellationToken)
    {
        var checks = new ServiceCheck[services.Count];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, services.Count, parallel, async (index, token) =>
        {
            ServiceDefinition service = services[index];
            DateTimeOffset begun = clock.UtcNow;
            long stamp = clock.Time.GetTimestamp();
            CheckSeen seen = await LookAsync(service, units, token);
            checks[index] = new ServiceCheck(service, begun, clock.Time.GetElapsedTime(stamp), seen);
        });
        return checks;
    }

    private async Task<CheckSeen> LookAsync(ServiceDefinition service, Systemctl.Answer units, CancellationToken cancellationToken) =>
        service.Target switch
        {
            SystemdTarget target => Find(service, units, target),
            TcpTarget target => await TcpCheck.CheckAsync(target, clock.Time, options.Patience, cancellationToken),
            HttpTarget target => await _http.CheckAsync(target, options.Patience, cancellationToken),
            FileSystemTarget target => await _fileSystems.CheckAsync(target, options.Patience, cancellationToken),
            _ => new CheckNotMade(CheckNotMadeReason.NotUnderstood, "this agent does not know the kind of check"),
        };

    private CheckSeen Find(ServiceDefinition service, Systemctl.Answer units, SystemdTarget target)
    {
        if (units.Fault is { } fault)
        {
            return fault;
        }

        if (units.Find(target.Unit) is not { } unit)
        {
            return new CheckNotMade(CheckNotMadeReason.NotUnderstood, "systemctl did not tell about the unit");
        }

        watch.Remember(service.ServiceId, unit);
        return unit.Seen;
    }
}
