using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Processes;

public sealed class CommandTests
{
    private static Command Shell(string script) => Cli.Wrap("/bin/sh").WithArguments(["-c", script]);

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a \"quoted\" one")]
    [InlineData("back\\slash")]
    [InlineData("ends in backslashes \\\\")]
    [InlineData("\\\"")]
    [InlineData("$(touch x) `y` ; | & * ~")]
    [InlineData("line\nbreak\tand tab")]
    [InlineData("é ü 漢 😀")]
    public async Task An_argument_arrives_as_it_was_given(string argument)
    {
        var result = await Cli.Wrap("/usr/bin/printf").WithArguments(["%s|", "first", argument, "last"])
            .ExecuteBufferedAsync(Encoding.UTF8, TestContext.Current.CancellationToken);
        result.StandardOutput.ShouldBe($"first|{argument}|last|");
    }

    [Fact]
    public async Task Both_outputs_are_drained_at_once()
    {
        var result = await Shell("i=0; while [ $i -lt 3000 ]; do echo $i-oooooooooooooooooooooooo; echo $i-eeeeeeeeeeeeeeeeeeeeeeee >&2; i=$((i+1)); done")
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        result.StandardOutput.Split('\n').Length.ShouldBe(3001);
        result.StandardError.Split('\n').Length.ShouldBe(3001);
    }

    [Fact]
    public async Task A_failing_command_throws_with_its_exit_code_unless_validation_is_off()
    {
        var failing = Shell("echo why >&2; exit 7");
        var error = await Should.ThrowAsync<CommandExecutionException>(async () => await failing.ExecuteAsync(TestContext.Current.CancellationToken));
        error.ExitCode.ShouldBe(7);
        var told = await Should.ThrowAsync<CommandExecutionException>(async () => await failing.ExecuteBufferedAsync(TestContext.Current.CancellationToken));
        told.Message.ShouldContain("why");
        var result = await failing.WithValidation(CommandResultValidation.None).ExecuteAsync(TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe(7);
        result.IsSuccess.ShouldBeFalse();
        result.RunTime.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void A_missing_program_fails_at_once() =>
        Should.Throw<Win32Exception>(() => Cli.Wrap("/nonexistent/program").ExecuteAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task Forceful_cancellation_kills_the_process_with_its_children_and_leaves_no_zombie()
    {
        var children = new TaskCompletionSource<int>();
        using var cancel = new CancellationTokenSource();
        var running = Shell("sleep 1000 & echo $!; wait")
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line => children.TrySetResult(int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))))
            .ExecuteAsync(cancel.Token);
        var child = await children.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await running);
        Directory.Exists($"/proc/{running.ProcessId}").ShouldBeFalse();
        await GoneAsync(child);
    }

    [Fact]
    public async Task Graceful_cancellation_interrupts_and_waits_for_the_end()
    {
        var lines = new List<string>();
        var ready = new TaskCompletionSource();
        using var cancel = new CancellationTokenSource();
        // A shell cannot trap what it was started to ignore, as all is that a script starts in the background.
        var running = Cli.Wrap("/usr/bin/env").WithArguments(
                ["--default-signal=INT", "/bin/bash", "-c", "trap 'echo trapped; kill $!; exit 0' INT; sleep 1000 & echo ready; wait"])
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                lines.Add(line);
                ready.TrySetResult();
            }))
            .ExecuteAsync(CancellationToken.None, cancel.Token);
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await running);
        lines.ShouldBe(["ready", "trapped"]);
    }

    [Fact]
    public async Task A_target_that_fails_ends_the_process_and_tells_why()
    {
        var running = Shell("while :; do echo y; done")
            .WithStandardOutputPipe(PipeTarget.Create((_, _) => throw new InvalidDataException("too large")))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<InvalidDataException>(async () => await running);
        Directory.Exists($"/proc/{running.ProcessId}").ShouldBeFalse();
    }

    [Fact]
    public async Task Input_and_environment_and_folder_reach_the_process()
    {
        var output = new StringBuilder();
        using var copy = new MemoryStream();
        await Shell("cat; echo \"$LC_ALL|${HOME-unset}\"; pwd")
            .WithStandardInputPipe(PipeSource.FromString("input|"))
            .WithEnvironmentVariables(env => env.Set("LC_ALL", "C").Set("HOME", null))
            .WithWorkingDirectory("/")
            .WithStandardOutputPipe(PipeTarget.Merge(PipeTarget.ToStringBuilder(output), PipeTarget.ToStream(copy)))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        output.ToString().ShouldBe("input|C|unset\n/\n");
        Encoding.UTF8.GetString(copy.ToArray()).ShouldBe(output.ToString());
    }

    [Fact]
    public async Task A_process_that_does_not_read_its_input_is_no_error()
    {
        var result = await Shell("exit 0").WithStandardInputPipe(PipeSource.FromBytes(new byte[1 << 20]))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        result.IsSuccess.ShouldBeTrue();
    }

    private static async Task GoneAsync(int processId)
    {
        var waited = Stopwatch.StartNew();
        while (Directory.Exists($"/proc/{processId}"))
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }
    }
}
