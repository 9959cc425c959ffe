namespace HaiSoft.Agent.Readings.Disks;

/// <summary>What a SCSI disk tells.</summary>
public sealed record ScsiHealth
{
    /// <summary>Entries in the list of grown defects.</summary>
    public long? GrownDefectCount { get; init; }

    /// <summary>Errors that reading could not correct, over the disk's life.</summary>
    public long? ReadUncorrectedCount { get; init; }

    /// <summary>Errors that writing could not correct, over the disk's life.</summary>
    public long? WriteUncorrectedCount { get; init; }

    /// <summary>Errors that verifying could not correct, over the disk's life.</summary>
    public long? VerifyUncorrectedCount { get; init; }

    /// <summary>Wear of a SAS SSD, in per cent; may exceed 100.</summary>
    public int? PercentageUsed { get; init; }

    /// <summary>Additional sense code and qualifier of a failure that the disk predicts: 0x5D00 to 0x5DFF (SPC, informational exceptions).</summary>
    public int? PredictedFailureCode { get; init; }
}
