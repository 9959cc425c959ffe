using System.Text;
using CliWrap.Exceptions;

namespace CliWrap.Buffered;

/// <summary>Running a command and keeping what it prints in memory.</summary>
public static class BufferedCommandExtensions
{
    /// <summary>Runs the command; what it prints also goes to its pipes.</summary>
    public static CommandTask<BufferedCommandResult> ExecuteBufferedAsync(
        this Command command,
        CancellationToken cancellationToken = default) =>
        command.ExecuteBufferedAsync(Encoding.Default, cancellationToken);

    /// <summary>Runs the command, decoding both outputs.</summary>
    public static CommandTask<BufferedCommandResult> ExecuteBufferedAsync(
        this Command command,
        Encoding encoding,
        CancellationToken cancellationToken = default) =>
        command.ExecuteBufferedAsync(encoding, encoding, cancellationToken, CancellationToken.None);

    /// <summary>Runs the command, decoding each output by its encoding; the tokens are those of <see cref="Command"/>'s own method.</summary>
    public static CommandTask<BufferedCommandResult> ExecuteBufferedAsync(
        this Command command,
        Encoding standardOutputEncoding,
        Encoding standardErrorEncoding,
        CancellationToken forcefulCancellationToken,
        CancellationToken gracefulCancellationToken)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        return command
            .WithStandardOutputPipe(Both(command.StandardOutputPipe, output, standardOutputEncoding))
            .WithStandardErrorPipe(Both(command.StandardErrorPipe, error, standardErrorEncoding))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(forcefulCancellationToken, gracefulCancellationToken)
            .Bind(async running =>
            {
                var result = await running;
                return result.IsSuccess || !command.Validation.HasFlag(CommandResultValidation.ZeroExitCode)
                    ? new BufferedCommandResult(result.ExitCode, result.StartTime, result.ExitTime, output.ToString(), error.ToString())
                    : throw new CommandExecutionException(
                        command,
                        result.ExitCode,
                        $"The process {command.TargetFilePath} ended with exit code {result.ExitCode}; zero was expected. Error output: {error.ToString().Trim()}");
            });
    }

    private static PipeTarget Both(PipeTarget target, StringBuilder text, Encoding encoding)
    {
        var buffered = PipeTarget.ToStringBuilder(text, encoding);
        return target == PipeTarget.Null ? buffered : PipeTarget.Merge(target, buffered);
    }
}
