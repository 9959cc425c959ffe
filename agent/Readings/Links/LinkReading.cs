namespace HaiSoft.Agent.Readings.Links;

/// <summary>A network link.</summary>
public sealed record LinkReading
{
    /// <summary>The kernel's name.</summary>
    public required string Name { get; init; }

    /// <summary>Administratively up.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The carrier is there; absent when the link is not enabled.</summary>
    public bool? Carrier { get; init; }

    /// <summary>Carrier changes since boot.</summary>
    public long? CarrierChangeCount { get; init; }

    /// <summary>Negotiated speed, in Mbit/s.</summary>
    public long? SpeedMegabits { get; init; }

    /// <summary>Frames received with errors since boot.</summary>
    public long? ReceiveErrorCount { get; init; }

    /// <summary>Frames not sent for errors since boot.</summary>
    public long? TransmitErrorCount { get; init; }

    /// <summary>The bond that it belongs to; absent for none.</summary>
    public string? Bond { get; init; }

    /// <summary>The kernel sees the device as hardware: it has a bus address.</summary>
    public bool Physical { get; init; }
}
