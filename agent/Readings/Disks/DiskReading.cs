namespace HaiSoft.Agent.Readings.Disks;

/// <summary>A disk, as smartctl tells of it. What the disk does not say is absent.</summary>
public sealed record DiskReading
{
    /// <summary>The device that was asked, with its type where it hides behind a controller: "/dev/sda", "/dev/bus/0 megaraid,4".</summary>
    public required string Device { get; init; }

    /// <summary>Which protocol answered.</summary>
    public DiskProtocol Protocol { get; init; }

    /// <summary>Model, as the disk says it.</summary>
    public string? Model { get; init; }

    /// <summary>Serial number, as the disk says it: the disk's identity, where there is one.</summary>
    public string? Serial { get; init; }

    /// <summary>Firmware revision.</summary>
    public string? Firmware { get; init; }

    /// <summary>World-wide name or EUI, lower-case hexadecimal.</summary>
    public string? Wwn { get; init; }

    /// <summary>Where it is plugged: a PCI address, host:channel:target:lun, or an enclosure's bay.</summary>
    public string? Slot { get; init; }

    /// <summary>Capacity.</summary>
    public long? CapacityBytes { get; init; }

    /// <summary>Turns per minute; 0 is a real reading (none).</summary>
    public int? RotationRpm { get; init; }

    /// <summary>It sleeps and was not woken (SLA 4.6): <see cref="Health"/> is absent.</summary>
    public bool Asleep { get; init; }

    /// <summary>It could not be read: why. <see cref="Health"/> is absent.</summary>
    public Unavailability? Unreadable { get; init; }

    /// <summary>What it says of its health; absent when it sleeps or could not be read.</summary>
    public DiskHealth? Health { get; init; }
}

/// <summary>Protocols of disks.</summary>
public enum DiskProtocol
{
    /// <summary>It could not be told.</summary>
    Unknown = 0,

    /// <summary>ATA, SATA.</summary>
    Ata = 1,

    /// <summary>SCSI, SAS.</summary>
    Scsi = 2,

    /// <summary>NVMe.</summary>
    Nvme = 3,
}
