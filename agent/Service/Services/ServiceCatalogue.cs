using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Which services are checked: those found on the server, those of its own configuration, those the controller added. A
/// service that was found stays while its unit is there, also when it is stopped: that it stopped is what must be seen.
/// </summary>
internal sealed class ServiceCatalogue(ServicesOptions options)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ServiceDefinition> _discovered = new(StringComparer.Ordinal);
    private IReadOnlyList<ServiceDefinition> _added = [];
    private TimeSpan? _interval;

    /// <summary>The controller's configuration that holds; 0 for none.</summary>
    public long ConfigurationVersion { get; private set; }

    /// <summary>Between two rounds.</summary>
    public TimeSpan Interval
    {
        get
        {
            lock (_gate)
            {
                return _interval ?? options.Interval;
            }
        }
    }

    /// <summary>All services, each id once: local ones before the controller's before those that were found.</summary>
    public IReadOnlyList<ServiceDefinition> List()
    {
        lock (_gate)
        {
            Dictionary<string, ServiceDefinition> all = new(_discovered, StringComparer.Ordinal);
            foreach (ServiceDefinition service in _added)
            {
                all[service.ServiceId] = service;
            }

            foreach (ServiceDefinition service in options.Checks)
            {
                all[service.ServiceId] = service;
            }

            return [.. all.Values];
        }
    }

    /// <summary>Takes the controller's configuration.</summary>
    public void Take(long version, TimeSpan? interval, IReadOnlyList<ServiceDefinition> services)
    {
        lock (_gate)
        {
            ConfigurationVersion = version;
            _interval = interval;
            _added = services;
        }
    }

    /// <summary>Adds what was found on the server.</summary>
    public void Add(ServiceDefinition service)
    {
        lock (_gate)
        {
            _discovered.TryAdd(service.ServiceId, service);
        }
    }

    /// <summary>What was found is not there any more.</summary>
    public void Remove(string serviceId)
    {
        lock (_gate)
        {
            _discovered.Remove(serviceId);
        }
    }
}
