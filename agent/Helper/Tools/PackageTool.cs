using System.ComponentModel;
using System.Text;
using CliWrap;

namespace HaiSoft.Agent.Helper.Tools;

/// <summary>How a run of a tool of the package manager ended.</summary>
internal enum ToolEnd
{
    /// <summary>By itself; see the exit status.</summary>
    Ended,

    /// <summary>It is not installed, or could not be started.</summary>
    NotStarted,

    /// <summary>Killed at its time limit.</summary>
    TimedOut,

    /// <summary>Killed at its size limit.</summary>
    TooLarge,
}

/// <summary>What a run of a tool gave.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitStatus">When it ended by itself.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">The first part of what it printed on its error output, or why it was not started.</param>
internal sealed record ToolResult(ToolEnd End, int ExitStatus, ReadOnlyMemory<byte> Output, string Error);

/// <summary>Runs a tool of the package manager: absolute path, argument list, C locale, bounded in time and size, ended with all that it started.</summary>
internal sealed class PackageTool(TimeProvider time)
{
    private const int MaximumOutputBytes = 8 << 20;
    private const int ErrorBytes = 4096;

    /// <summary>Runs it. However it ends, that is told; only cancellation throws.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="arguments">One by one; no shell is involved.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="within">Its time limit.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<ToolResult> RunAsync(
        string path, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, TimeSpan within, CancellationToken cancellationToken)
    {
        using var tooLarge = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLarge.Token);
        var output = new BoundedOutput(MaximumOutputBytes, tooLarge.Cancel);
        try
        {
            return await RunAsync(path, arguments, input, output.Target, within, either.Token) with { Output = output.Kept };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(ToolEnd.TooLarge, -1, default, "");
        }
    }

    /// <summary>Runs it, and hands on what it prints as it comes.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="arguments">One by one; no shell is involved.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="output">Gets what it prints.</param>
    /// <param name="within">Its time limit.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<ToolResult> RunAsync(
        string path, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, PipeTarget output, TimeSpan within, CancellationToken cancellationToken)
    {
        using var timeOut = new CancellationTokenSource(within, time);
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeOut.Token);
        var error = new BoundedOutput(ErrorBytes, onOverflow: null);
        try
        {
            var result = await Cli.Wrap(path)
                .WithArguments(arguments)
                .WithWorkingDirectory("/")
                .WithEnvironmentVariables(env => env.Set("LC_ALL", "C").Set("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").Set("HOME", "/").Set("NOTIFY_SOCKET", null))
                .WithStandardInputPipe(PipeSource.FromBytes(input.ToArray()))
                .WithStandardOutputPipe(output)
                .WithStandardErrorPipe(error.Target)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(kill.Token);
            return new(ToolEnd.Ended, result.ExitCode, default, Encoding.UTF8.GetString(error.Kept.Span));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(ToolEnd.TimedOut, -1, default, Encoding.UTF8.GetString(error.Kept.Span));
        }
        catch (Exception ex) when (ex is Win32Exception or InvalidOperationException or IOException)
        {
            return new(ToolEnd.NotStarted, -1, default, ex.Message);
        }
    }
}
