using Grpc.Core;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class CompressionTests
{
    private const string Path = "/grpc.testing.TestService/StreamingOutputCall";

    private static readonly Metadata AskGzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    [Fact]
    public async Task Compressed_requests_and_responses_arrive_as_they_were()
    {
        await using var host = await ScriptedHost.StartAsync(server => server.ResponseCompressionAlgorithm = "gzip");
        host.Script.Unary = (request, _) => Task.FromResult(new SimpleResponse { Payload = request.Payload });
        host.Script.Duplex = async (requests, responses, context) =>
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                await responses.WriteAsync(new StreamingOutputCallResponse { Payload = request.Payload });
            }
        };
        var payload = ScriptedHost.Zeros(1_000_000);
        (await host.Client.UnaryCallAsync(new SimpleRequest { Payload = payload }, AskGzip)).Payload.ShouldBe(payload);
        (await host.Client.UnaryCallAsync(new SimpleRequest(), AskGzip)).ShouldBe(new SimpleResponse());

        using var call = host.Client.FullDuplexCall(AskGzip);
        for (var i = 0; i < 3; i++)
        {
            call.RequestStream.WriteOptions = i == 1 ? new WriteOptions(WriteFlags.NoCompress) : null;
            await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { Payload = payload });
            (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
            call.ResponseStream.Current.Payload.ShouldBe(payload);
        }
    }

    [Theory]
    [InlineData("identity,gzip", null, 0, 2_000)]
    [InlineData("identity,gzip", WriteFlags.NoCompress, 100_000, 110_000)]
    [InlineData("identity", null, 100_000, 110_000)]
    [InlineData("", null, 100_000, 110_000)]
    public async Task Responses_are_compressed_for_clients_that_take_it_unless_the_handler_says_otherwise(
        string accepted, WriteFlags? flags, int from, int to)
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        await using var host = await ScriptedHost.StartAsync(server => server.ResponseCompressionAlgorithm = "gzip");
        host.Script.Output = (responses, context) =>
        {
            context.WriteOptions = flags is { } some ? new WriteOptions(some) : null;
            return responses.WriteAsync(new StreamingOutputCallResponse { Payload = ScriptedHost.Zeros(100_000) });
        };
        var headers = new Dictionary<string, string> { [":path"] = Path, ["grpc-accept-encoding"] = accepted };

        var answer = await RawAnswer.AskAsync(host.Host.ClearPort, new { headers, body = new[] { "0000000000" } });

        answer.GrpcStatus.ShouldBe("0");
        answer.Received.ShouldBeInRange(from, to);
        answer.Field("grpc-encoding").ShouldBe(accepted.Contains("gzip", StringComparison.Ordinal) ? "gzip" : null);
    }

    [Fact]
    public async Task An_encoding_that_the_channel_does_not_know_is_refused()
    {
        await using var host = await ScriptedHost.StartAsync();
        var call = host.Client.UnaryCallAsync(new SimpleRequest(), new Metadata { { "grpc-internal-encoding-request", "zippy" } });
        (await ScriptedHost.FailureAsync(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.Internal);
        host.Script.Made.ShouldBe(0);
    }

    [Fact]
    public async Task What_unpacks_beyond_the_limit_is_refused()
    {
        await using var host = await ScriptedHost.StartAsync();
        var call = host.Client.UnaryCallAsync(new SimpleRequest { Payload = ScriptedHost.Zeros(20_000_000) }, AskGzip);
        (await ScriptedHost.FailureAsync(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        host.Script.Made.ShouldBe(0);
    }
}
