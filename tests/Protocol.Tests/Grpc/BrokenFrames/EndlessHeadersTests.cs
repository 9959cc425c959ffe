using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.BrokenFrames;

[Collection(nameof(AloneCollection))]
public sealed class EndlessHeadersTests
{
    [Fact]
    public async Task A_server_whose_headers_never_end_is_given_up_before_they_fill_the_memory()
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        await using var peer = NodePeer.Start("endless-headers-server.mjs");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{await peer.PortAsync(limit.Token)}");
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var call = new TestService.TestServiceClient(channel).EmptyCallAsync(new Empty());
        var failure = await call.ResponseAsync.WaitAsync(limit.Token).ShouldThrowAsync<RpcException>();

        failure.StatusCode.ShouldBe(StatusCode.ResourceExhausted, failure.ToString());
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(30_000_000L);
    }
}
