namespace CliWrap;

/// <summary>How a process ended.</summary>
public class CommandResult(int exitCode, DateTimeOffset startTime, DateTimeOffset exitTime)
{
    /// <summary>Exit code.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The exit code is zero.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartTime { get; } = startTime;

    /// <summary>When it ended.</summary>
    public DateTimeOffset ExitTime { get; } = exitTime;

    /// <summary>How long it ran.</summary>
    public TimeSpan RunTime => ExitTime - StartTime;
}
