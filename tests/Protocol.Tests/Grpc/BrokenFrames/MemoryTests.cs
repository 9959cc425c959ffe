using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.BrokenFrames;

/// <summary>What is broken costs no memory. The process's own counters tell: nothing else runs meanwhile.</summary>
[Collection(nameof(AloneCollection))]
public sealed class MemoryTests(RawServer rawServer, ClearHost ourServer) : IClassFixture<RawServer>, IClassFixture<ClearHost>
{
    [Fact]
    public async Task Lengths_that_a_server_claims_cost_a_client_nothing()
    {
        await rawServer.CallAsync("huge-length");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 50; i++)
        {
            await rawServer.CallAsync("huge-length");
            await rawServer.CallAsync("above-limit");
            await rawServer.CallAsync("truncated");
        }

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(150 * 200_000L);
    }

    [Fact]
    public async Task Bombs_of_256_MB_are_unpacked_to_the_limit_and_forgotten()
    {
        await rawServer.CallAsync("gzip-bomb");
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 10; i++)
        {
            await rawServer.CallAsync("gzip-bomb");
        }

        (GC.GetTotalAllocatedBytes(precise: true) - allocated).ShouldBeLessThan(10 * 25_000_000L);
        (GC.GetTotalMemory(forceFullCollection: true) - memory).ShouldBeLessThan(30_000_000L);
    }

    [Theory]
    [InlineData("00FFFFFFFF0102", null)]
    [InlineData("000000000A0102", null)]
    [InlineData("000000", 8)]
    public async Task Calls_that_a_client_breaks_cost_a_server_nothing(string body, int? reset)
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        var headers = new Dictionary<string, string> { [":path"] = "/grpc.testing.TestService/EmptyCall" };
        var request = new { headers, body = new[] { body }, reset, repeat = 500 };
        await RawAnswer.AskAsync(ourServer.Host.ClearPort, request);
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);

        await RawAnswer.AskAsync(ourServer.Host.ClearPort, request);

        (GC.GetTotalAllocatedBytes(precise: true) - allocated).ShouldBeLessThan(500 * 100_000L);
        (GC.GetTotalMemory(forceFullCollection: true) - memory).ShouldBeLessThan(5_000_000L);
    }
}

/// <summary>Tests that nothing may run beside.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
