using System.Diagnostics;
using Grpc.Core;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class DeadlineTests
{
    private static DateTime In(double seconds) => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(seconds);

    [Fact]
    public async Task The_server_sees_the_deadline_of_the_client()
    {
        await using var host = await ScriptedHost.StartAsync();
        var seen = DateTime.MinValue;
        host.Script.Unary = (_, context) =>
        {
            seen = context.Deadline;
            return Task.FromResult(new SimpleResponse());
        };
        var deadline = In(30);
        await host.Client.UnaryCallAsync(new SimpleRequest(), deadline: deadline);
        seen.ShouldBe(deadline, TimeSpan.FromSeconds(2));
        seen.Kind.ShouldBe(DateTimeKind.Utc);

        await host.Client.UnaryCallAsync(new SimpleRequest());
        seen.ShouldBe(DateTime.MaxValue);
    }

    [Fact]
    public async Task A_deadline_beyond_every_timer_holds()
    {
        await using var host = await ScriptedHost.StartAsync();
        await host.Client.UnaryCallAsync(new SimpleRequest(), deadline: In(100L * 365 * 24 * 3600));
        await host.Client.UnaryCallAsync(new SimpleRequest(), deadline: DateTime.MaxValue);
    }

    [Fact]
    public async Task A_deadline_that_has_passed_fails_at_once_and_the_server_hears_nothing()
    {
        await using var host = await ScriptedHost.StartAsync();
        var failure = await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest(), deadline: In(-1)).ResponseAsync);
        failure.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        host.Script.Made.ShouldBe(0);
    }

    [Fact]
    public async Task A_passing_deadline_cancels_the_handler()
    {
        await using var host = await ScriptedHost.StartAsync();
        var cancelled = new TaskCompletionSource();
        host.Script.Duplex = async (_, _, context) =>
        {
            using var registration = context.CancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var call = host.Client.FullDuplexCall(deadline: In(0.3));
        (await ScriptedHost.FailureAsync(call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_handler_that_minds_no_cancellation_keeps_nobody_waiting()
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        await using var host = await ScriptedHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Script.Unary = async (_, _) =>
        {
            await release.Task;
            return new SimpleResponse();
        };
        var watch = Stopwatch.StartNew();
        var headers = new Dictionary<string, string> { [":path"] = "/grpc.testing.TestService/UnaryCall", ["grpc-timeout"] = "200m" };

        var answer = await RawAnswer.AskAsync(host.Host.ClearPort, new { headers, body = new[] { "0000000000" } });

        release.SetResult();
        answer.GrpcStatus.ShouldBe("4");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task What_a_call_inherits_ends_the_calls_made_for_it()
    {
        await using var host = await ScriptedHost.StartAsync();
        var inner = new TaskCompletionSource<StatusCode>();
        host.Script.Output = (_, context) => Task.Delay(Timeout.Infinite, context.CancellationToken);
        host.Script.Unary = async (_, context) =>
        {
            using var call = host.Client.StreamingOutputCall(
                new StreamingOutputCallRequest(), new CallOptions(propagationToken: context.CreatePropagationToken()));
            inner.SetResult((await ScriptedHost.FailureAsync(call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode);
            return new SimpleResponse();
        };
        await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest(), deadline: In(0.3)).ResponseAsync);
        (await inner.Task.WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeOneOf(StatusCode.DeadlineExceeded, StatusCode.Cancelled);
    }
}
