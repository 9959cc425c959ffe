namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>A memory module's slot, as the firmware tells of it.</summary>
public sealed record MemoryModule
{
    /// <summary>Where it sits, as printed on the board.</summary>
    public required string Locator { get; init; }

    /// <summary>Size; 0 is a real reading (an empty slot).</summary>
    public long? CapacityBytes { get; init; }

    /// <summary>Maker.</summary>
    public string? Vendor { get; init; }

    /// <summary>Part number.</summary>
    public string? PartNumber { get; init; }

    /// <summary>Serial number.</summary>
    public string? Serial { get; init; }

    /// <summary>Transfers per second, in millions.</summary>
    public int? SpeedMegatransfers { get; init; }
}
