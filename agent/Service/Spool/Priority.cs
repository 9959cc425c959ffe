namespace HaiSoft.Agent.Spool;

/// <summary>What a record is worth when room or time runs out.</summary>
internal enum Priority : byte
{
    /// <summary>Made durable within <see cref="SpoolOptions.GroupWithin"/>; dropped first, oldest first, when there is no room.</summary>
    Ordinary = 0,

    /// <summary>
    /// Shows a fault or its end: made durable at once, sent without the spool if that takes too long, and dropped last
    /// (DESIGN 3).
    /// </summary>
    Urgent = 1,
}
