namespace HaiSoft.Agent.Readings.Memory;

/// <summary>Memory errors of one module, or of a controller whose modules cannot be told apart.</summary>
public sealed record MemoryReading
{
    /// <summary>Memory controller: "mc0".</summary>
    public required string Controller { get; init; }

    /// <summary>Module: "dimm3"; empty for the controller's own counts, which no module accounts for.</summary>
    public required string Module { get; init; }

    /// <summary>Label on the board, where the firmware or an administrator gave one.</summary>
    public string? Label { get; init; }

    /// <summary>Errors corrected since boot.</summary>
    public required long CorrectedCount { get; init; }

    /// <summary>Errors not corrected since boot.</summary>
    public required long UncorrectedCount { get; init; }
}
