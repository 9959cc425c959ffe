using Grpc.Net.Client;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using HaiSoft.Testing.Files;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Interop;

public sealed class OurClientNodeServerTests(NodeInteropServer server) : IClassFixture<NodeInteropServer>
{
    public static TheoryData<string> Cases => InteropCaseNames.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Our_client_and_grpc_js_as_server_pass_the_interop_case(string name)
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        using var channel = GrpcChannel.ForAddress(
            $"https://localhost:{server.Port}",
            new GrpcChannelOptions { HttpHandler = server.Certificate.Handler(), DisposeHttpClient = true });
        await InteropCases.All[name](new TestService.TestServiceClient(channel), channel).WaitAsync(TimeSpan.FromSeconds(10));
    }
}

/// <summary>The interop service as @grpc/grpc-js serves it, over TLS.</summary>
public sealed class NodeInteropServer : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private NodePeer? _peer;

    public int Port { get; private set; }

    internal TestCertificate Certificate { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (NodePeer.Missing is not null)
        {
            return;
        }

        var (certificate, key) = (Path.Combine(_folder.Path, "server.crt"), Path.Combine(_folder.Path, "server.key"));
        Certificate.Export(certificate, key);
        _peer = NodePeer.Start("interop-server.mjs", certificate, key);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Port = await _peer.PortAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }

        Certificate.Dispose();
        _folder.Dispose();
    }
}
