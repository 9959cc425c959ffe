using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Benchmarks.Prototype;

/// <summary>
/// The least that could be called a controller, to compare with: Kestrel with mutual TLS and the same gRPC; a report is parsed and becomes
/// one opaque row; batches of whatever waits are committed together with <c>synchronous=FULL</c>, then acknowledged. It judges nothing.
/// </summary>
internal static class PrototypeServer
{
    /// <summary>Serves until the process is told to end.</summary>
    /// <param name="data">The data folder of the controller that the fleet is enrolled at: its CA signs this server's certificate.</param>
    /// <param name="port">Where to listen, on the loopback address.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(string data, int port, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateDirectory(Path.Combine(data, "prototype")).FullName;
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(data, "ca", "ca.pem"), cancellationToken));
        using X509Certificate2 certificate = Certificate(authority, await File.ReadAllTextAsync(Path.Combine(data, "ca", "ca.key"), cancellationToken));
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(new PrototypeStore(Path.Combine(folder, "reports.db")));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            SslServerAuthenticationOptions tls = Tls(certificate, authority);
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls) });
        }));
        await using WebApplication app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<PrototypeLink>();
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static SslServerAuthenticationOptions Tls(X509Certificate2 certificate, X509Certificate2 authority) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
        ApplicationProtocols = [SslApplicationProtocol.Http2],
        AllowTlsResume = false,
        ClientCertificateRequired = true,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
        // Whoever asks whether it listens has no certificate.
        RemoteCertificateValidationCallback = (_, _, _, errors) => errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNotAvailable,
    };

    private static X509Certificate2 Certificate(X509Certificate2 authority, string authorityKey)
    {
        using ECDsa signing = ECDsa.Create();
        signing.ImportFromPem(authorityKey);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Prototype", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        X509SignatureGenerator signer = X509SignatureGenerator.CreateForECDsa(signing);
        using X509Certificate2 signed = request.Create(authority.SubjectName, signer, now.AddMinutes(-5), now.AddHours(12), RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }
}
