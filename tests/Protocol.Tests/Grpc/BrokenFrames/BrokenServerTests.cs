using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.BrokenFrames;

/// <summary>Our client against a server that speaks HTTP/2 well and gRPC badly.</summary>
public sealed class BrokenServerTests(RawServer server) : IClassFixture<RawServer>
{
    [Theory]
    [InlineData("well", StatusCode.OK)]
    [InlineData("gzip", StatusCode.OK)]
    [InlineData("no-trailers", StatusCode.Unknown)]
    [InlineData("empty-trailers", StatusCode.Unknown)]
    [InlineData("broken-status", StatusCode.Unknown)]
    [InlineData("unknown-status", StatusCode.Unknown)]
    [InlineData("negative-status", StatusCode.Unknown)]
    [InlineData("broken-percent", StatusCode.InvalidArgument)]
    [InlineData("trailers-only", StatusCode.NotFound)]
    [InlineData("broken-base64", StatusCode.Internal)]
    [InlineData("broken-base64-trailer", StatusCode.Internal)]
    [InlineData("html", StatusCode.Unknown)]
    [InlineData("no-content-type", StatusCode.Unknown)]
    [InlineData("truncated", StatusCode.Internal)]
    [InlineData("half-header", StatusCode.Internal)]
    [InlineData("huge-length", StatusCode.ResourceExhausted)]
    [InlineData("above-limit", StatusCode.ResourceExhausted)]
    [InlineData("wrong-flag", StatusCode.Internal)]
    [InlineData("flag-without-encoding", StatusCode.Internal)]
    [InlineData("gzip-garbage", StatusCode.Internal)]
    [InlineData("gzip-cut", StatusCode.Internal)]
    [InlineData("gzip-bomb", StatusCode.ResourceExhausted)]
    [InlineData("unknown-encoding", StatusCode.Internal)]
    [InlineData("no-protobuf", StatusCode.Internal)]
    [InlineData("two-messages", StatusCode.Unimplemented)]
    [InlineData("no-message", StatusCode.Unimplemented)]
    [InlineData("cut", StatusCode.Unavailable)]
    public async Task The_client_tells_the_status_that_the_specification_names(string behaviour, StatusCode expected) =>
        await ShouldBeAsync(CallAsync(behaviour), expected);

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    public async Task An_http_status_has_its_grpc_status(int httpStatus, StatusCode expected) =>
        (await CallAsync($"http:{httpStatus}")).StatusCode.ShouldBe(expected);

    [Theory]
    [InlineData(0x0, StatusCode.Internal)]
    [InlineData(0x1, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x3, StatusCode.Internal)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xB, StatusCode.ResourceExhausted)]
    [InlineData(0xC, StatusCode.PermissionDenied)]
    public async Task A_reset_stream_has_its_grpc_status(int errorCode, StatusCode expected) =>
        (await CallAsync($"reset:{errorCode}")).StatusCode.ShouldBe(expected);

    [Fact]
    public async Task A_broken_status_message_is_shown_as_far_as_it_can_be_read() =>
        (await CallAsync("broken-percent")).Detail.ShouldBe("a%zz☺\uFFFD%");

    [Theory]
    [InlineData("silence")]
    [InlineData("headers-then-silence")]
    public async Task A_silent_server_is_given_up_at_the_deadline(string behaviour)
    {
        var watch = Stopwatch.StartNew();
        (await CallAsync(behaviour, TimeSpan.FromMilliseconds(300))).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        watch.Elapsed.ShouldBeInRange(TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(5));
    }

    private static async Task ShouldBeAsync(Task<Status> call, StatusCode expected)
    {
        var status = await call;
        status.StatusCode.ShouldBe(expected, status.ToString());
    }

    private Task<Status> CallAsync(string behaviour, TimeSpan? deadline = null) => server.CallAsync(behaviour, deadline);
}

/// <summary>The server of <c>raw-server.mjs</c>.</summary>
public sealed class RawServer : IAsyncLifetime
{
    private NodePeer? _peer;

    public int Port { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (NodePeer.Missing is null)
        {
            _peer = NodePeer.Start("raw-server.mjs");
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            Port = await _peer.PortAsync(limit.Token);
        }
    }

    /// <summary>How a call ends that the server treats like this; it must end within ten seconds.</summary>
    internal async Task<Status> CallAsync(string behaviour, TimeSpan? deadline = null)
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Port}");
        var headers = new Metadata { { "x-behaviour", behaviour } };
        DateTime? until = deadline is null ? null : TimeProvider.System.GetUtcNow().UtcDateTime + deadline.Value;
        using var call = new TestService.TestServiceClient(channel).EmptyCallAsync(new Empty(), headers, until);
        try
        {
            await call.ResponseAsync.WaitAsync(TimeSpan.FromSeconds(10));
            return Status.DefaultSuccess;
        }
        catch (RpcException failure)
        {
            return failure.Status;
        }
    }

    public ValueTask DisposeAsync() => _peer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
