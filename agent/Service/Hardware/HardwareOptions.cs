using HaiSoft.Agent.Configuration;

namespace HaiSoft.Agent.Hardware;

/// <summary>When hardware is read (DOMAIN 4.6). Intervals are upper bounds: a reading may come up to a tenth earlier.</summary>
internal sealed record HardwareOptions
{
    /// <summary>Between two readings of the disks' own health: 1 to 5 minutes, 5 by default. Sleeping disks are not woken.</summary>
    public TimeSpan DiskInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two readings of md, memory errors, links and board sensors: 10 s to 1 minute, 1 minute by default.</summary>
    public TimeSpan BoardInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a reading of the kernel's files may take before it is told as timed out. 20 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the helper may take: its own limit for all disks together is 4 minutes. 270 s.</summary>
    public TimeSpan HelperPatience { get; init; } = TimeSpan.FromSeconds(270);

    /// <summary>Reads <c>hardware</c> of the configuration.</summary>
    public static HardwareOptions Read(ConfigurationSection section)
    {
        HardwareOptions defaults = new();
        return new HardwareOptions
        {
            DiskInterval = section.Duration("diskInterval", defaults.DiskInterval, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)),
            BoardInterval = section.Duration("boardInterval", defaults.BoardInterval, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)),
        };
    }
}
