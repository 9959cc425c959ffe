using System.ComponentModel;
using System.Diagnostics;
using CliWrap.Exceptions;

namespace CliWrap;

public sealed partial class Command
{
    /// <summary>Starts the process; cancelling kills it with all that it started.</summary>
    public CommandTask<CommandResult> ExecuteAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync(cancellationToken, CancellationToken.None);

    /// <summary>
    /// Starts the process. The first token kills it with all that it started; the second interrupts it, as Ctrl+C does, and leaves
    /// it to end. Either ends in an <see cref="OperationCanceledException"/>.
    /// </summary>
    public CommandTask<CommandResult> ExecuteAsync(
        CancellationToken forcefulCancellationToken,
        CancellationToken gracefulCancellationToken)
    {
        forcefulCancellationToken.ThrowIfCancellationRequested();
        gracefulCancellationToken.ThrowIfCancellationRequested();
        var process = new Process { StartInfo = CreateStartInfo() };
        var startTime = TimeProvider.System.GetUtcNow();
        var startStamp = Stopwatch.GetTimestamp();
        try
        {
            if (!process.Start())
                throw new InvalidOperationException($"Failed to start a process with file path '{TargetFilePath}'.");
        }
        catch (Win32Exception ex)
        {
            process.Dispose();
            throw new Win32Exception(
                ex.NativeErrorCode,
                $"Failed to start a process with file path '{TargetFilePath}'. It does not exist, is not executable, or the working directory does not exist: {ex.Message}");
        }

        var processId = process.Id; // while the object lives: a short run may be over before the next line
        return new CommandTask<CommandResult>(
            RunAsync(process, startTime, startStamp, forcefulCancellationToken, gracefulCancellationToken),
            processId);
    }

    private ProcessStartInfo CreateStartInfo()
    {
        var startInfo = new ProcessStartInfo
        {
            FileName = TargetFilePath,
            Arguments = Arguments,
            WorkingDirectory = WorkingDirPath,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in EnvironmentVariables)
        {
            if (value is null)
                startInfo.Environment.Remove(name);
            else
                startInfo.Environment[name] = value;
        }

        return startInfo;
    }

    private async Task<CommandResult> RunAsync(
        Process process,
        DateTimeOffset startTime,
        long startStamp,
        CancellationToken forcefulToken,
        CancellationToken gracefulToken)
    {
        using (process)
        {
            // Reading the input makes no sense once the process is gone; writing the outputs does until they are drained.
            using var inputEnds = CancellationTokenSource.CreateLinkedTokenSource(forcefulToken);
            await using var kill = forcefulToken.UnsafeRegister(static p => Processes.KillTree((Process)p!), process);
            await using var interrupt = gracefulToken.UnsafeRegister(static p => Processes.Interrupt((Process)p!), process);
            var pipes = Task.WhenAll(
                PipeInputAsync(process, inputEnds.Token),
                PipeOutputAsync(process, process.StandardOutput.BaseStream, StandardOutputPipe, forcefulToken),
                PipeOutputAsync(process, process.StandardError.BaseStream, StandardErrorPipe, forcefulToken));

            await process.WaitForExitAsync(CancellationToken.None);
            var exitTime = startTime + Stopwatch.GetElapsedTime(startStamp);
            await inputEnds.CancelAsync();
            try
            {
                await pipes;
            }
            catch (OperationCanceledException) when (forcefulToken.IsCancellationRequested)
            {
                throw Cancelled(process, forcefulToken);
            }

            forcefulToken.ThrowIfCancellationRequested();
            gracefulToken.ThrowIfCancellationRequested();
            return Validate(process, new CommandResult(process.ExitCode, startTime, exitTime));
        }
    }

    private CommandResult Validate(Process process, CommandResult result) =>
        result.ExitCode == 0 || !Validation.HasFlag(CommandResultValidation.ZeroExitCode)
            ? result
            : throw new CommandExecutionException(
                this,
                process.ExitCode,
                $"The process {TargetFilePath} ended with exit code {process.ExitCode}; zero was expected. Command: {this}");

    private OperationCanceledException Cancelled(Process process, CancellationToken token) =>
        new($"The process {TargetFilePath} was killed: the command was cancelled (exit code {process.ExitCode}).", token);

    private async Task PipeInputAsync(Process process, CancellationToken cancellationToken)
    {
        var input = process.StandardInput.BaseStream;
        try
        {
            await StandardInputPipe.CopyToAsync(input, cancellationToken);
        }
        catch (IOException)
        {
            // The process closed its input, or ended: it does not have to read everything.
        }
        catch (OperationCanceledException)
        {
            // The process ended first, or is being killed.
        }
        finally
        {
            try
            {
                await input.DisposeAsync();
            }
            catch (IOException)
            {
                // What was still buffered has no reader.
            }
        }
    }

    private static async Task PipeOutputAsync(Process process, Stream output, PipeTarget target, CancellationToken cancellationToken)
    {
        await using (output)
        {
            try
            {
                await target.CopyFromAsync(output, cancellationToken);
            }
            catch
            {
                Processes.KillTree(process); // nobody will read what it still prints
                throw;
            }
        }
    }
}
