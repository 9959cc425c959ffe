using Grpc.Core;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class StreamRuleTests
{
    private static readonly StreamingOutputCallResponse Large = new() { Payload = ScriptedHost.Zeros(3_000_000) };

    [Fact]
    public async Task A_client_writes_one_message_at_a_time_and_none_after_the_last()
    {
        await using var host = await ScriptedHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Script.Input = async (requests, context) =>
        {
            await release.Task;
            await foreach (var _ in requests.ReadAllAsync(context.CancellationToken))
            {
            }

            return new StreamingInputCallResponse();
        };
        using var call = host.Client.StreamingInputCall();
        var first = call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = ScriptedHost.Zeros(3_000_000) });
        await call.RequestStream.WriteAsync(new StreamingInputCallRequest()).ShouldThrowAsync<InvalidOperationException>();
        await Should.ThrowAsync<InvalidOperationException>(() => call.RequestStream.CompleteAsync());
        release.SetResult();
        await first;
        await call.RequestStream.CompleteAsync();
        await call.RequestStream.WriteAsync(new StreamingInputCallRequest()).ShouldThrowAsync<InvalidOperationException>();
        await call;
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    [Fact]
    public async Task A_server_writes_one_message_at_a_time_and_what_it_did_not_wait_for_still_arrives()
    {
        await using var host = await ScriptedHost.StartAsync();
        var second = new TaskCompletionSource<Exception?>();
        host.Script.Output = (responses, context) =>
        {
            var first = responses.WriteAsync(Large);
            second.SetResult(Record.Exception(() => { _ = responses.WriteAsync(Large); }));
            return Task.CompletedTask;
        };
        using var call = host.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        (await second.Task.WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeOfType<InvalidOperationException>();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        call.ResponseStream.Current.ShouldBe(Large);
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_writes_after_its_handler_has_returned_is_refused()
    {
        await using var host = await ScriptedHost.StartAsync();
        IServerStreamWriter<StreamingOutputCallResponse>? kept = null;
        host.Script.Output = (responses, context) =>
        {
            kept = responses;
            return Task.CompletedTask;
        };
        using var call = host.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(() => kept!.WriteAsync(Large));
    }

    [Fact]
    public async Task Messages_are_read_one_at_a_time()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Duplex = (_, _, context) => Task.Delay(Timeout.Infinite, context.CancellationToken);
        using var call = host.Client.FullDuplexCall();
        _ = call.ResponseStream.MoveNext(CancellationToken.None);
        await call.ResponseStream.MoveNext(CancellationToken.None).ShouldThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Half_closing_ends_the_requests_and_the_responses_go_on()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Duplex = async (requests, responses, context) =>
        {
            await foreach (var _ in requests.ReadAllAsync(context.CancellationToken))
            {
            }

            for (var i = 0; i < 3; i++)
            {
                await responses.WriteAsync(new StreamingOutputCallResponse());
            }
        };
        using var call = host.Client.FullDuplexCall();
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest());
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.ReadAllAsync().CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_call_has_no_status_before_its_end()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Duplex = (_, _, context) => Task.Delay(Timeout.Infinite, context.CancellationToken);
        using var call = host.Client.FullDuplexCall();
        Should.Throw<InvalidOperationException>(() => call.GetStatus());
        Should.Throw<InvalidOperationException>(() => call.GetTrailers());
    }

    [Fact]
    public async Task Headers_are_sent_once_and_before_the_first_message()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Duplex = async (requests, responses, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-first", "1" } });
            await Should.ThrowAsync<InvalidOperationException>(() => context.WriteResponseHeadersAsync([]));
            await requests.MoveNext(context.CancellationToken);
        };
        using var call = host.Client.FullDuplexCall();
        var headers = await call.ResponseHeadersAsync.WaitAsync(TimeSpan.FromSeconds(5));
        headers.GetValue("x-first").ShouldBe("1");
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeFalse();
    }
}
