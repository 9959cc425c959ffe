using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class CancellationTests
{
    [Theory]
    [InlineData("token")]
    [InlineData("dispose")]
    [InlineData("read")]
    [InlineData("channel")]
    public async Task However_a_client_gives_up_its_handler_is_cancelled(string how)
    {
        await using var host = await ScriptedHost.StartAsync();
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        host.Script.Duplex = async (_, _, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var token = new CancellationTokenSource();
        using var read = new CancellationTokenSource();
        using var call = host.Client.FullDuplexCall(cancellationToken: token.Token);
        var reading = call.ResponseStream.MoveNext(read.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(5));

        Action giveUp = how switch
        {
            "token" => token.Cancel,
            "dispose" => call.Dispose,
            "read" => read.Cancel,
            _ => host.Channel.Dispose,
        };
        giveUp();

        (await ScriptedHost.FailureAsync(reading)).StatusCode.ShouldBe(StatusCode.Cancelled);
        call.GetStatus().StatusCode.ShouldBe(StatusCode.Cancelled);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_handler_that_writes_to_a_client_that_has_gone_is_told()
    {
        await using var host = await ScriptedHost.StartAsync();
        var told = new TaskCompletionSource<Exception>();
        host.Script.Output = async (responses, context) =>
        {
            try
            {
                while (true)
                {
                    await responses.WriteAsync(new StreamingOutputCallResponse { Payload = ScriptedHost.Zeros(1000) });
                }
            }
            catch (Exception failure)
            {
                told.SetResult(failure);
                throw;
            }
        };
        using (var call = host.Client.StreamingOutputCall(new StreamingOutputCallRequest()))
        {
            await call.ResponseStream.MoveNext(CancellationToken.None);
        }

        (await told.Task.WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task A_server_that_ends_early_stops_the_client_from_writing()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Input = (_, _) => throw new RpcException(new Status(StatusCode.FailedPrecondition, "enough"));
        using var call = host.Client.StreamingInputCall();
        (await ScriptedHost.FailureAsync(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        var write = await ScriptedHost.FailureAsync(call.RequestStream.WriteAsync(new StreamingInputCallRequest()));
        write.Status.ShouldBe(new Status(StatusCode.FailedPrecondition, "enough"));
    }

    [Fact]
    public async Task Responses_of_a_server_that_ended_early_can_still_be_read_after_a_write_that_failed()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Duplex = async (_, responses, _) =>
        {
            await responses.WriteAsync(new StreamingOutputCallResponse());
            throw new RpcException(new Status(StatusCode.OutOfRange, "enough"));
        };
        using var call = host.Client.FullDuplexCall();
        await call.ResponseHeadersAsync;
        var write = async () =>
        {
            while (true)
            {
                await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { Payload = ScriptedHost.Zeros(1_000_000) });
            }
        };
        await ScriptedHost.FailureAsync(write());
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        (await ScriptedHost.FailureAsync(call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode.ShouldBe(StatusCode.OutOfRange);
    }

    [Fact]
    public async Task Cancelled_calls_throw_what_the_channel_is_told_to()
    {
        await using var host = await ScriptedHost.StartAsync(client: options => options.ThrowOperationCanceledOnCancellation = true);
        host.Script.Duplex = (_, _, context) => Task.Delay(Timeout.Infinite, context.CancellationToken);
        using var token = new CancellationTokenSource();
        using var call = host.Client.FullDuplexCall(cancellationToken: token.Token);
        var reading = call.ResponseStream.MoveNext(CancellationToken.None);
        await token.CancelAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(5)).ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Nobody_at_the_address_is_unavailable()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");
        var failure = await ScriptedHost.FailureAsync(new TestService.TestServiceClient(channel).EmptyCallAsync(new Empty()).ResponseAsync);
        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_unavailable()
    {
        await using var host = await ScriptedHost.StartAsync();
        using var channel = GrpcChannel.ForAddress($"https://localhost:{host.Host.TlsPort}");
        var failure = await ScriptedHost.FailureAsync(new TestService.TestServiceClient(channel).EmptyCallAsync(new Empty()).ResponseAsync);
        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
    }
}
