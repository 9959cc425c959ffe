using HaiSoft.Agent.Configuration;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>What is checked on this server, and how often (DOMAIN 4.1).</summary>
internal sealed record ServicesOptions
{
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(15);

    /// <summary>Between two rounds: 1 to 15 minutes, 5 by default. The controller's configuration goes before.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After which time a failed check is repeated, twice: 2 to 30 s (DOMAIN 4.6), 10 by default.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection, a GET or a look at a file system may take. 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether main services are found by themselves. True by default.</summary>
    public bool Discover { get; init; } = true;

    /// <summary>Services that this server's own configuration adds.</summary>
    public IReadOnlyList<ServiceDefinition> Checks { get; init; } = [];

    /// <summary>Reads <c>services</c> of the configuration.</summary>
    public static ServicesOptions Read(ConfigurationSection section)
    {
        ServicesOptions defaults = new();
        return new ServicesOptions
        {
            Interval = section.Duration("interval", defaults.Interval, ShortestInterval, LongestInterval),
            RepeatAfter = section.Duration("repeatAfter", defaults.RepeatAfter, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)),
            Discover = section.Flag("discover", byDefault: true),
            Checks = LocalChecks.Read(section.Items("checks")),
        };
    }
}
