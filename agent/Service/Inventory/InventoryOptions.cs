using HaiSoft.Agent.Configuration;

namespace HaiSoft.Agent.Inventory;

/// <summary>When the inventory is taken.</summary>
internal sealed record InventoryOptions
{
    /// <summary>Between two looks; it is reported at start, when it changed and on a resync. 1 minute to 24 h, 15 minutes by default.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a tool or a library may take. 20 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Reads <c>inventory</c> of the configuration.</summary>
    public static InventoryOptions Read(ConfigurationSection section)
    {
        InventoryOptions defaults = new();
        return new InventoryOptions
        {
            Interval = section.Duration("interval", defaults.Interval, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)),
        };
    }
}
