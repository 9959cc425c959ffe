namespace HaiSoft.Ctl;

/// <summary>The command cannot be done; the message says why and what to do.</summary>
internal sealed class CtlException(ExitCode exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public ExitCode ExitCode { get; } = exitCode;
}
