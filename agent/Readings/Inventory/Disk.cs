namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>A whole disk.</summary>
public sealed record Disk
{
    /// <summary>The kernel's name: "sda", "nvme0n1".</summary>
    public required string Name { get; init; }

    /// <summary>Model, as the disk says it.</summary>
    public string? Model { get; init; }

    /// <summary>Serial number, as the disk says it.</summary>
    public string? Serial { get; init; }

    /// <summary>Firmware revision.</summary>
    public string? Firmware { get; init; }

    /// <summary>World-wide name or EUI.</summary>
    public string? Wwn { get; init; }

    /// <summary>Capacity.</summary>
    public long? CapacityBytes { get; init; }

    /// <summary>Turns (true) or not; absent when this cannot be told.</summary>
    public bool? Rotational { get; init; }

    /// <summary>Where it is plugged: a PCI address, host:channel:target:lun, or an enclosure's bay.</summary>
    public string? Slot { get; init; }
}
