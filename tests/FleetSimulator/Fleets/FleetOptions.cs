using HaiSoft.FleetSimulator.Agents;
using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>How a fleet behaves.</summary>
internal sealed record FleetOptions
{
    /// <summary>Numeric readings in a report of measurements.</summary>
    public int Readings { get; init; } = 30;

    /// <summary>How often each agent takes its turn; null for as fast as the controller acknowledges.</summary>
    public TimeSpan? Every { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Reports without acknowledgement that an agent lets stand when <see cref="Every"/> is null.</summary>
    public int Window { get; init; } = 4;

    /// <summary>What a turn brings.</summary>
    public ReportMix Mix { get; init; } = ReportMix.Minute;

    /// <summary>Reports that an agent's spool holds at most.</summary>
    public int SpoolCapacity { get; init; } = 20_000;

    /// <summary>Agents that dial at the same time when the fleet starts.</summary>
    public int DialAtOnce { get; init; } = 64;

    /// <summary>When agents dial again.</summary>
    public ReconnectDelay Reconnect { get; init; } = new(Cap: null);

    /// <summary>What chance there is follows from it.</summary>
    public int Seed { get; init; } = 1;
}
