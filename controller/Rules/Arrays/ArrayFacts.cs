namespace HaiSoft.Controller.Rules.Arrays;

/// <summary>What an array does with itself.</summary>
public enum ArrayActivity
{
    /// <summary>Nothing.</summary>
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

/// <summary>A member's part in its array.</summary>
public enum ArrayMemberState
{
    /// <summary>Works.</summary>
    InSync = 1,

    /// <summary>Failed.</summary>
    Faulty = 2,

    /// <summary>Stands by.</summary>
    Spare = 3,

    /// <summary>Is being filled.</summary>
    Rebuilding = 4,

    /// <summary>Journal or write-mostly, and works.</summary>
    Auxiliary = 5,
}

/// <summary>A member of an array.</summary>
/// <param name="Device">The kernel's name.</param>
/// <param name="State">Its part.</param>
/// <param name="DiskSerial">Serial number of the disk that it is on, where known.</param>
/// <param name="DiskModel">Model of that disk, where known.</param>
/// <param name="DiskSlot">Where that disk is plugged, where known.</param>
public sealed record ArrayMember(string Device, ArrayMemberState State, string? DiskSerial, string? DiskModel, string? DiskSlot);

/// <summary>One reading of an array.</summary>
/// <param name="Name">"md0".</param>
/// <param name="Level">"raid1".</param>
/// <param name="RequiredCount">Members that it should have.</param>
/// <param name="ActiveCount">Members that work.</param>
/// <param name="Activity">What it does with itself.</param>
/// <param name="ProgressPercent">How far that has come; absent when nothing runs.</param>
/// <param name="Inactive">Not running at all.</param>
/// <param name="Members">Its members.</param>
public sealed record ArrayFacts(
    string Name,
    string Level,
    int RequiredCount,
    int ActiveCount,
    ArrayActivity Activity,
    double? ProgressPercent,
    bool Inactive,
    IReadOnlyList<ArrayMember> Members);
