namespace CliWrap;

/// <summary>What makes a result an error.</summary>
[Flags]
public enum CommandResultValidation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An exit code other than zero.</summary>
    ZeroExitCode = 1,
}
