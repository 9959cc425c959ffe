using System.Globalization;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Interop;

public sealed class NodeClientOurServerTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private InteropHost? _host;

    public static TheoryData<string> Cases => InteropCaseNames.All;

    private string CertificateFile => Path.Combine(_folder.Path, "server.crt");

    public async ValueTask InitializeAsync()
    {
        _host = await InteropHost.StartAsync();
        _host.Certificate.Export(CertificateFile, Path.Combine(_folder.Path, "server.key"));
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Grpc_js_as_client_and_our_server_pass_the_interop_case(string name)
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var peer = NodePeer.Start("interop-client.mjs", name, _host!.TlsPort.ToString(CultureInfo.InvariantCulture), CertificateFile);
        (await peer.OutputAsync(limit.Token)).ShouldBe("passed");
    }
}
