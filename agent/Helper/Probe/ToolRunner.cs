using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using CliWrap;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Helper.Probe;

/// <summary>Runs one tool: absolute path, argument list, C locale, bounded in time and size, ended with all that it started.</summary>
internal sealed class ToolRunner(ToolLimits limits, TimeProvider time)
{
    /// <summary>Runs it. However it ends, that is told; only cancellation throws.</summary>
    /// <param name="tool">The tool's file name.</param>
    /// <param name="path">Where it is; null when it is not installed.</param>
    /// <param name="subject">What is read, for the answer.</param>
    /// <param name="arguments">One by one; no shell is involved.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<ToolRun> RunAsync(
        string tool,
        string? path,
        string subject,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken)
    {
        var run = new ToolRun { Tool = tool, Subject = subject, Outcome = ToolOutcome.Missing, Duration = new Duration() };
        if (path is null || !File.Exists(path))
            return run;

        var started = time.GetTimestamp();
        using var timeOut = new CancellationTokenSource(limits.Time, time);
        using var tooLarge = new CancellationTokenSource();
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeOut.Token, tooLarge.Token);
        var output = new BoundedOutput(limits.OutputBytes, tooLarge.Cancel);
        var error = new BoundedOutput(ToolLimits.ErrorBytes, onOverflow: null);
        try
        {
            var result = await Cli.Wrap(path)
                .WithArguments(arguments)
                .WithWorkingDirectory("/")
                .WithEnvironmentVariables(env => env.Set("LC_ALL", "C").Set("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").Set("NOTIFY_SOCKET", null))
                .WithStandardOutputPipe(output.Target)
                .WithStandardErrorPipe(error.Target)
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(kill.Token);
            run.Outcome = ToolOutcome.Ended;
            run.ExitStatus = result.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            run.Outcome = tooLarge.IsCancellationRequested ? ToolOutcome.TooLarge : ToolOutcome.TimedOut;
        }
        catch (Exception ex) when (ex is Win32Exception or InvalidOperationException or IOException)
        {
            run.Outcome = ToolOutcome.NotStarted;
            Debug.Assert(error.Kept.IsEmpty, "what was not started prints nothing");
            run.ErrorOutput = ex.Message.Length <= ToolLimits.ErrorBytes ? ex.Message : ex.Message[..ToolLimits.ErrorBytes];
        }

        if (run.Outcome == ToolOutcome.Ended)
            run.Output = UnsafeByteOperations.UnsafeWrap(output.Kept);
        if (run.Outcome != ToolOutcome.NotStarted)
            run.ErrorOutput = Encoding.UTF8.GetString(error.Kept.Span);
        run.Duration = time.GetElapsedTime(started).ToDuration();
        return run;
    }
}
