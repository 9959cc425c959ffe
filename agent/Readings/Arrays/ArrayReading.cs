namespace HaiSoft.Agent.Readings.Arrays;

/// <summary>An array of disks.</summary>
public sealed record ArrayReading
{
    /// <summary>The kernel's or the tool's name: "md0".</summary>
    public required string Name { get; init; }

    /// <summary>Level: "raid1"; "unknown" for an array that does not run and does not tell.</summary>
    public required string Level { get; init; }

    /// <summary>Members that it should have; 0 for an array that does not run and does not tell.</summary>
    public required int RequiredCount { get; init; }

    /// <summary>Members that work. Below <see cref="RequiredCount"/> the array is degraded.</summary>
    public required int ActiveCount { get; init; }

    /// <summary>What the array does with itself now.</summary>
    public required ArrayActivity Activity { get; init; }

    /// <summary>How far that has come, 0 to 100; absent when nothing runs.</summary>
    public double? ProgressPercent { get; init; }

    /// <summary>Not running at all.</summary>
    public bool Inactive { get; init; }

    public IReadOnlyList<ArrayMember> Members { get; init; } = [];

    /// <summary>Size.</summary>
    public long? CapacityBytes { get; init; }
}

/// <summary>What an array does with itself.</summary>
public enum ArrayActivity
{
    Idle = 1,

    /// <summary>Rebuilds a member.</summary>
    Recovering = 2,

    /// <summary>Makes its members equal after an unclean stop.</summary>
    Resyncing = 3,

    /// <summary>Compares its members: no fault.</summary>
    Checking = 4,

    /// <summary>Changes its shape.</summary>
    Reshaping = 5,

    /// <summary>Waits to do one of these.</summary>
    Pending = 6,
}
