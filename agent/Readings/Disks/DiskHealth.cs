namespace HaiSoft.Agent.Readings.Disks;

/// <summary>What a disk says of its health, unjudged. A figure that it does not give is absent.</summary>
public sealed record DiskHealth
{
    /// <summary>The disk's own verdict.</summary>
    public bool? SmartPassed { get; init; }

    /// <summary>Temperature.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>Power-on time.</summary>
    public long? PowerOnHours { get; init; }

    /// <summary>The last self-test.</summary>
    public SelfTestOutcome? SelfTest { get; init; }

    /// <summary>Entries in the disk's own error log, over its life.</summary>
    public long? ErrorLogCount { get; init; }

    /// <summary>NVMe disks only.</summary>
    public NvmeHealth? Nvme { get; init; }

    /// <summary>ATA disks only.</summary>
    public IReadOnlyList<AtaAttribute> AtaAttributes { get; init; } = [];

    /// <summary>SCSI disks only.</summary>
    public ScsiHealth? Scsi { get; init; }

    /// <summary>Not one figure is there.</summary>
    public bool TellsNothing =>
        SmartPassed is null && TemperatureCelsius is null && PowerOnHours is null && SelfTest is null && ErrorLogCount is null
        && Nvme is null && AtaAttributes.Count == 0 && Scsi is null;
}

/// <summary>How a self-test ended.</summary>
public enum SelfTestOutcome
{
    /// <summary>Without an error.</summary>
    Passed = 1,

    /// <summary>It found a fault of the disk.</summary>
    Failed = 2,

    /// <summary>Aborted or interrupted: no verdict.</summary>
    Aborted = 3,

    /// <summary>It runs.</summary>
    Running = 4,
}
