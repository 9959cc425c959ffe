namespace HaiSoft.Agent.Readings.Disks;

/// <summary>The SMART/health log of an NVMe disk (NVM Express base specification, log page 02h).</summary>
public sealed record NvmeHealth
{
    public required NvmeCriticalWarning CriticalWarning { get; init; }

    /// <summary>Spare that is left, in per cent of what there was.</summary>
    public int? AvailableSparePercent { get; init; }

    /// <summary>Below this spare, in per cent, the disk warns.</summary>
    public int? AvailableSpareThresholdPercent { get; init; }

    /// <summary>Wear in per cent of the life the maker promised; may exceed 100.</summary>
    public int? PercentageUsed { get; init; }

    /// <summary>Media errors over the disk's life: only growth matters.</summary>
    public long? MediaErrorCount { get; init; }

    /// <summary>Unsafe shutdowns over the disk's life.</summary>
    public long? UnsafeShutdownCount { get; init; }
}

/// <summary>Critical warning, a bit mask (log page 02h, byte 0). Bits that the specification does not name are kept.</summary>
[Flags]
public enum NvmeCriticalWarning
{
    None = 0,

    /// <summary>The spare is below its threshold.</summary>
    SpareLow = 1,

    /// <summary>The temperature is outside its bounds.</summary>
    Temperature = 2,

    /// <summary>The reliability is degraded.</summary>
    ReliabilityDegraded = 4,

    /// <summary>The media is read-only.</summary>
    ReadOnly = 8,

    /// <summary>The volatile memory's backup failed.</summary>
    VolatileMemoryBackupFailed = 16,

    /// <summary>The persistent memory region is read-only or unreliable.</summary>
    PersistentMemoryReadOnly = 32,
}
