namespace HaiSoft.Agent.Readings.Observations;

/// <summary>When something was observed, by the agent's own clocks.</summary>
/// <param name="Time">The wall clock, UTC. It may step.</param>
/// <param name="Uptime">Time since the kernel started (CLOCK_BOOTTIME): orders observations when the wall clock steps.</param>
/// <param name="BootId">The kernel's boot id: changes with every boot.</param>
public readonly record struct Moment(DateTimeOffset Time, TimeSpan Uptime, string BootId);
