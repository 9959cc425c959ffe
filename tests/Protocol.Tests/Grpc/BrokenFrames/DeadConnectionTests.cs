using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.BrokenFrames;

public sealed class DeadConnectionTests
{
    [Fact]
    public async Task A_half_open_connection_ends_its_streams_when_the_pings_stay_unanswered()
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        await using var peer = NodePeer.Start("mute-server.mjs");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var handler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(1),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
        };
        var options = new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true };
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{await peer.PortAsync(limit.Token)}", options);
        using var call = new TestService.TestServiceClient(channel).FullDuplexCall();
        var watch = Stopwatch.StartNew();

        var failure = await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(limit.Token).ShouldThrowAsync<RpcException>();

        failure.StatusCode.ShouldBe(StatusCode.Unavailable, failure.ToString());
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }
}
