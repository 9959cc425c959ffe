using HaiSoft.Agent.Readings.Observations;

namespace HaiSoft.Agent.Linux;

/// <summary>
/// The agent's clocks: the wall clock, which may step; the time since boot, which never does and goes on in suspend;
/// and the kernel's boot id, which tells two boots apart (DESIGN 3).
/// </summary>
/// <param name="time">Wall clock, monotonic stamps and timers.</param>
/// <param name="uptime">Time since boot.</param>
/// <param name="bootId">Changes with every boot of the server.</param>
internal sealed class AgentClock(TimeProvider time, Func<TimeSpan> uptime, string bootId)
{
    /// <summary>For timers and monotonic stamps.</summary>
    public TimeProvider Time => time;

    /// <summary>The wall clock.</summary>
    public DateTimeOffset UtcNow => time.GetUtcNow();

    /// <summary>Time since boot (<c>CLOCK_BOOTTIME</c>).</summary>
    public TimeSpan Uptime => uptime();

    /// <summary>The kernel's boot id.</summary>
    public string BootId => bootId;

    /// <summary>This moment, by all of them.</summary>
    public Moment Now() => new(UtcNow, Uptime, BootId);

    /// <summary>The clocks of the machine that the agent runs on.</summary>
    public static AgentClock OfHost(FileRoots roots) => new(TimeProvider.System, ReadBootTime, ReadBootId(roots));

    private static TimeSpan ReadBootTime()
    {
        if (LinuxCalls.ClockGetTime(LinuxCalls.ClockBoottime, out LinuxCalls.Timespec now) != 0)
        {
            return TimeSpan.FromMilliseconds(Environment.TickCount64);
        }

        return TimeSpan.FromTicks((now.Seconds * TimeSpan.TicksPerSecond) + (now.Nanoseconds / TimeSpan.NanosecondsPerTick));
    }

    private static string ReadBootId(FileRoots roots) =>
        File.ReadAllText(roots.InProc("sys/kernel/random/boot_id")).Trim();
}
