using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Which health checks tell the health of which gRPC service.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>The services; by default the server as a whole (the empty name), by all checks.</summary>
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>Whether Check answers from the last published results; by default it runs the checks.</summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>Whether watches are left open when the application stops; by default they are told, and end.</summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}

/// <summary>What is known of a check when services are mapped.</summary>
public sealed class HealthCheckMapContext
{
    internal HealthCheckMapContext(string name, IEnumerable<string> tags)
    {
        Name = name;
        Tags = tags;
    }

    public string Name { get; }

    public IEnumerable<string> Tags { get; }
}

/// <summary>The checks of one service.</summary>
public sealed class ServiceMapping
{
    internal ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        Name = name;
        HealthCheckPredicate = predicate;
    }

    public string Name { get; }

    public Func<HealthCheckMapContext, bool> HealthCheckPredicate { get; }

    internal bool Takes(string name, IEnumerable<string> tags) => HealthCheckPredicate(new HealthCheckMapContext(name, tags));

    internal bool Takes(HealthCheckRegistration registration) => Takes(registration.Name, registration.Tags);
}
