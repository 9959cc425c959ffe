namespace HaiSoft.Controller.Rules.Disks;

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

/// <summary>How a disk's last self-test ended.</summary>
public enum SelfTest
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

/// <summary>One reading of a disk. What could not be read is absent, never 0.</summary>
public sealed record DiskFacts
{
    /// <summary>The device that was asked.</summary>
    public required string Device { get; init; }

    public DiskProtocol Protocol { get; init; }

    public string? Model { get; init; }

    public string? Serial { get; init; }

    public string? Firmware { get; init; }

    /// <summary>Where it is plugged.</summary>
    public string? Slot { get; init; }

    public long? CapacityBytes { get; init; }

    /// <summary>It sleeps and was not woken: there are no figures.</summary>
    public bool Asleep { get; init; }

    /// <summary>Why it could not be read; absent when it could.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The disk's own verdict; absent when it gives none.</summary>
    public bool? SmartPassed { get; init; }

    public double? TemperatureCelsius { get; init; }

    public SelfTest? SelfTest { get; init; }

    public NvmeFacts? Nvme { get; init; }

    public IReadOnlyList<AtaAttribute> AtaAttributes { get; init; } = [];

    public ScsiFacts? Scsi { get; init; }
}

/// <summary>The SMART/health log of an NVMe disk (NVM Express base specification, log page 02h).</summary>
/// <param name="CriticalWarning">The bit mask of byte 0.</param>
/// <param name="AvailableSparePercent">Spare that is left, in per cent of what there was.</param>
/// <param name="SpareThresholdPercent">Threshold of the spare.</param>
/// <param name="PercentageUsed">Wear; may exceed 100.</param>
/// <param name="MediaErrorCount">Media errors over the disk's life.</param>
public sealed record NvmeFacts(
    int CriticalWarning, int? AvailableSparePercent, int? SpareThresholdPercent, int? PercentageUsed, long? MediaErrorCount);

/// <summary>What a SCSI disk tells.</summary>
/// <param name="GrownDefectCount">Grown defects.</param>
/// <param name="UncorrectedErrorCount">Errors of reading, writing and verifying that could not be corrected.</param>
/// <param name="PercentageUsed">Wear of a SAS SSD.</param>
/// <param name="PredictedFailureCode">Additional sense code and qualifier of a failure that the disk predicts.</param>
public sealed record ScsiFacts(long? GrownDefectCount, long? UncorrectedErrorCount, int? PercentageUsed, int? PredictedFailureCode);

/// <summary>When an ATA attribute was at or below its threshold.</summary>
public enum AttributeFailure
{
    /// <summary>Never.</summary>
    Never = 0,

    /// <summary>Once, not now.</summary>
    Past = 1,

    /// <summary>Now.</summary>
    Now = 2,
}

/// <summary>One ATA attribute, as the disk keeps it.</summary>
/// <param name="Number">1 to 255.</param>
/// <param name="Name">As smartctl's database has it.</param>
/// <param name="Value">Normalized value.</param>
/// <param name="Threshold">At or below it the attribute has failed; 0 never fails.</param>
/// <param name="Raw">Raw value, whole: vendors pack several counters into it.</param>
/// <param name="RawText">Raw value as smartctl prints it, unpacked.</param>
/// <param name="Prefailure">Failing predicts the loss of data within a day.</param>
/// <param name="Failure">When it was at or below its threshold.</param>
public sealed record AtaAttribute(
    int Number, string Name, int Value, int Threshold, long Raw, string RawText, bool Prefailure, AttributeFailure Failure);
