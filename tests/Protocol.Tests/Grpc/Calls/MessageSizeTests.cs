using Grpc.Core;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class MessageSizeTests
{
    private static readonly SimpleRequest FiveMegabytes = new() { Payload = ScriptedHost.Zeros(5_000_000) };

    [Fact]
    public async Task By_default_a_server_takes_4_MiB()
    {
        await using var host = await ScriptedHost.StartAsync();
        (await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(FiveMegabytes).ResponseAsync)).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        host.Script.Made.ShouldBe(0);
        await host.Client.UnaryCallAsync(new SimpleRequest { Payload = ScriptedHost.Zeros(4_000_000) });
    }

    [Fact]
    public async Task By_default_a_client_takes_4_MiB()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Unary = (_, _) => Task.FromResult(new SimpleResponse { Payload = ScriptedHost.Zeros(5_000_000) });
        (await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync)).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Without_limits_large_messages_pass()
    {
        await using var host = await ScriptedHost.StartAsync(server => server.MaxReceiveMessageSize = null, client => client.MaxReceiveMessageSize = null);
        host.Script.Unary = (request, _) => Task.FromResult(new SimpleResponse { Payload = request.Payload });
        (await host.Client.UnaryCallAsync(FiveMegabytes)).Payload.ShouldBe(FiveMegabytes.Payload);
    }

    [Fact]
    public async Task A_client_does_not_send_more_than_it_may()
    {
        await using var host = await ScriptedHost.StartAsync(client: client => client.MaxSendMessageSize = 1000);
        (await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(FiveMegabytes).ResponseAsync)).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        using var call = host.Client.StreamingInputCall();
        var large = new StreamingInputCallRequest { Payload = ScriptedHost.Zeros(2000) };
        (await ScriptedHost.FailureAsync(call.RequestStream.WriteAsync(large))).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task A_server_does_not_send_more_than_it_may()
    {
        await using var host = await ScriptedHost.StartAsync(server => server.MaxSendMessageSize = 1000);
        host.Script.Unary = (_, _) => Task.FromResult(new SimpleResponse { Payload = ScriptedHost.Zeros(2000) });
        (await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync)).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        host.Script.Output = (responses, _) => responses.WriteAsync(new StreamingOutputCallResponse { Payload = ScriptedHost.Zeros(2000) });
        using var call = host.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        (await ScriptedHost.FailureAsync(call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task A_stream_may_be_longer_than_a_request_body_of_the_web_server()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Input = async (requests, context) =>
            new StreamingInputCallResponse { AggregatedPayloadSize = await requests.ReadAllAsync(context.CancellationToken).Select(one => one.Payload.Body.Length).SumAsync() };
        using var call = host.Client.StreamingInputCall();
        for (var i = 0; i < 40; i++)
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = ScriptedHost.Zeros(1_000_000) });
        }

        await call.RequestStream.CompleteAsync();
        (await call).AggregatedPayloadSize.ShouldBe(40_000_000);
    }
}
