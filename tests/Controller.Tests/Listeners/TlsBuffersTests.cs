using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Controller.Listeners;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Listeners;

/// <summary>The runtime's TLS can still be told to keep no buffers: another runtime may have moved what is needed for it.</summary>
public sealed class TlsBuffersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Buffers_are_released_and_bytes_go_on_both_ways()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var dialled = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync(Stop);
        await dialled.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Stop);
        using var accepted = await accepting;
        await using var client = new SslStream(dialled.GetStream());
        await using var server = new SslStream(accepted.GetStream());
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, Stop),
            client.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown) }, Stop));

        TlsBuffers.ReleaseWhenIdle(server).ShouldBeTrue();

        var sent = RandomNumberGenerator.GetBytes(100_000);
        for (var turn = 0; turn < 3; turn++)
        {
            (await EchoAsync(client, server, sent)).ShouldBe(sent);
            (await EchoAsync(server, client, sent)).ShouldBe(sent);
        }
    }

    private static async Task<byte[]> EchoAsync(SslStream from, SslStream to, byte[] bytes)
    {
        var received = new byte[bytes.Length];
        await Task.WhenAll(from.WriteAsync(bytes, Stop).AsTask(), to.ReadExactlyAsync(received, Stop).AsTask());
        return received;
    }
}
