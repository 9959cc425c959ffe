using HaiSoft.Agent.Configuration;

namespace HaiSoft.Agent.Spool;

/// <summary>How much the outbox keeps, and how soon it is durable (DESIGN 3).</summary>
internal sealed record SpoolOptions
{
    /// <summary>Room on disk for everything. 16 MiB to 16 GiB; 256 MiB by default.</summary>
    public long MaximumBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The part of <see cref="MaximumBytes"/> that ordinary records may not use: an eighth, 32 MiB by default.</summary>
    public long ReservedBytes => MaximumBytes / 8;

    /// <summary>Size at which a segment is closed and the next begun.</summary>
    public int SegmentBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The longest an ordinary record waits for others before it is made durable.</summary>
    public TimeSpan GroupWithin { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long an urgent record that is not durable yet is waited for before it is sent as it is.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a write may be under way before the disk counts as hanging: a fault, and memory serves in its place.</summary>
    public TimeSpan HangsAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So many slow writes within <see cref="StallsWithin"/> are a fault; one on a busy machine is none.</summary>
    public int StallsForFault { get; init; } = 3;

    /// <summary>See <see cref="StallsForFault"/>.</summary>
    public TimeSpan StallsWithin { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the disk must have given no trouble before a good write ends the fault.</summary>
    public TimeSpan RecoveredAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long ordinary records that are acknowledged are kept, while there is room: a restored controller asks for them again.</summary>
    public TimeSpan KeepOrdinary { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The same for findings and outcomes.</summary>
    public TimeSpan KeepUrgent { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The most that waits in memory for a disk that does not take it.</summary>
    public int MemoryBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long the spool waits after a failed write before it tries again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads <c>spool</c> of the configuration.</summary>
    public static SpoolOptions Read(ConfigurationSection section) => new()
    {
        MaximumBytes = 1024 * 1024 * section.Integer("maximumMegabytes", 256, 16, 16 * 1024),
    };
}
