using HaiSoft.Agent.Configuration;

namespace HaiSoft.Agent.Measurements;

/// <summary>When numbers are taken.</summary>
internal sealed record MeasurementsOptions
{
    /// <summary>Between two takes: 10 s to 5 minutes, 1 minute by default.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a file system may take to tell its room; one that hangs is asked again only when it has answered. 5 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads <c>measurements</c> of the configuration.</summary>
    public static MeasurementsOptions Read(ConfigurationSection section)
    {
        MeasurementsOptions defaults = new();
        return new MeasurementsOptions
        {
            Interval = section.Duration("interval", defaults.Interval, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)),
        };
    }
}
