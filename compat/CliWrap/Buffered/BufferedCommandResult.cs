namespace CliWrap.Buffered;

/// <summary>How a process ended, and what it printed.</summary>
public class BufferedCommandResult(
    int exitCode,
    DateTimeOffset startTime,
    DateTimeOffset exitTime,
    string standardOutput,
    string standardError) : CommandResult(exitCode, startTime, exitTime)
{
    /// <summary>Its output.</summary>
    public string StandardOutput { get; } = standardOutput;

    /// <summary>Its error output.</summary>
    public string StandardError { get; } = standardError;
}
