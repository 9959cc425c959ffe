namespace HaiSoft.Agent.Readings.Arrays;

/// <summary>A member of an array.</summary>
public sealed record ArrayMember
{
    /// <summary>The kernel's name: "sda1".</summary>
    public required string Device { get; init; }

    /// <summary>Its part in the array.</summary>
    public required ArrayMemberState State { get; init; }

    /// <summary>Serial number of the disk that it is on, where known.</summary>
    public string? DiskSerial { get; init; }

    /// <summary>Model of the disk that it is on, where known.</summary>
    public string? DiskModel { get; init; }

    /// <summary>Where that disk is plugged.</summary>
    public string? DiskSlot { get; init; }
}

/// <summary>A member's part in its array.</summary>
public enum ArrayMemberState
{
    /// <summary>Works.</summary>
    InSync = 1,

    Faulty = 2,

    /// <summary>Stands by.</summary>
    Spare = 3,

    /// <summary>Is being filled.</summary>
    Rebuilding = 4,

    /// <summary>Holds what is written first (journal) or is written only (write-mostly) and works.</summary>
    Auxiliary = 5,
}
