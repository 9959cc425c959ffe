namespace HaiSoft.Agent.Readings.Disks;

/// <summary>One ATA attribute, as the disk keeps it.</summary>
public sealed record AtaAttribute
{
    /// <summary>1 to 255.</summary>
    public required int Number { get; init; }

    /// <summary>Name, as smartctl's database has it; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Normalized value.</summary>
    public required int Value { get; init; }

    /// <summary>Lowest normalized value there was.</summary>
    public required int Worst { get; init; }

    /// <summary>At or below it the attribute has failed; 0 never fails.</summary>
    public required int Threshold { get; init; }

    /// <summary>
    /// Raw value, whole: 48 bits, sometimes 56. Vendors pack several counters into it; who reads it must know the model.
    /// </summary>
    public required long Raw { get; init; }

    /// <summary>Raw value as smartctl prints it, unpacked: "0 0 4".</summary>
    public required string RawText { get; init; }

    /// <summary>Failing predicts the loss of data within a day (ATA's pre-failure type).</summary>
    public required bool Prefailure { get; init; }

    /// <summary>When it was at or below its threshold.</summary>
    public required AttributeFailed Failed { get; init; }
}

/// <summary>When an attribute was at or below its threshold.</summary>
public enum AttributeFailed
{
    Never = 0,

    /// <summary>Once, not now.</summary>
    Past = 1,

    Now = 2,
}
