using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Agent.Identity;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent.Tests.Session;

/// <summary>A controller as an agent sees it: a CA, enrolment, renewal and the stream, over TLS on a port of its own.</summary>
internal sealed class FakeController : IAsyncDisposable
{
    private readonly ECDsa _caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication _app;

    private FakeController(string names, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        CertificateRequest request = new("CN=Test CA", _caKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using X509Certificate2 own = request.CreateSelfSigned(Now.AddDays(-400), Now.AddDays(400));
        Authority = X509CertificateLoader.LoadCertificate(own.RawData);
        Link = new FakeLink();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(IssueServer(names, notBefore, notAfter), https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (_, _, _) => true;
            });
        }));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this).AddSingleton(Link);
        _app = builder.Build();
        _app.MapGrpcService<FakeLinkService>();
        _app.MapGrpcService<FakeEnrolmentService>();
    }

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public X509Certificate2 Authority { get; }

    public FakeLink Link { get; }

    public ControllerAddress Address { get; private set; } = null!;

    /// <summary>What Enrol and Renew answer instead of a certificate.</summary>
    public RpcException? Refusal { get; set; }

    /// <summary>The controller's clock, told in answers.</summary>
    public TimeSpan ClockOffset { get; set; }

    public ConcurrentQueue<EnrolRequest> Enrolments { get; } = [];

    public string Token { get; private set; } = "";

    public static async Task<FakeController> StartAsync(
        string names = "localhost", DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        FakeController controller = new(names, notBefore ?? Now.AddDays(-7), notAfter ?? Now.AddDays(90));
        await controller._app.StartAsync();
        string address = controller._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        controller.Address = new ControllerAddress("localhost", new Uri(address).Port);
        controller.Token = TokenFor(controller.Authority);
        return controller;
    }

    public static string TokenFor(X509Certificate2 authority) =>
        $"hse1.{System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}.{System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(authority.RawData))}";

    /// <summary>An agent's certificate for the key of a request.</summary>
    public X509Certificate2 Issue(byte[] request, TimeSpan? lifetime = null)
    {
        PublicKey key = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256).PublicKey;
        CertificateRequest own = new(new X500DistinguishedName("CN=agent-1"), key, HashAlgorithmName.SHA256);
        return own.Create(
            Authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_caKey),
            Now.AddMinutes(-5),
            Now + (lifetime ?? TimeSpan.FromHours(24)),
            RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>An identity as enrolment would have given it.</summary>
    public AgentIdentity MakeIdentity(TimeSpan? lifetime = null)
    {
        using AgentKeyPair key = new();
        using X509Certificate2 certificate = Issue(key.CreateRequest(), lifetime);
        return new AgentIdentity(
            "agent-1", "web-01", Address.ToString(), key.PrivateKeyPem, certificate.ExportCertificatePem(), [Authority.ExportCertificatePem()], Now, TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        Link.Cut();
        using CancellationTokenSource hurry = new(TimeSpan.FromSeconds(1));
        await _app.StopAsync(hurry.Token);
        await _app.DisposeAsync();
        Link.Dispose();
        Authority.Dispose();
        _caKey.Dispose();
    }

    private X509Certificate2 IssueServer(string name, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=controller", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(EmbeddedAuthority.ToExtension(Authority));
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(
            Authority.SubjectName, X509SignatureGenerator.CreateForECDsa(_caKey), notBefore, notAfter, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    private sealed class FakeEnrolmentService(FakeController controller) : EnrolmentService.EnrolmentServiceBase
    {
        public override Task<EnrolResponse> Enrol(EnrolRequest request, ServerCallContext context)
        {
            controller.Enrolments.Enqueue(request);
            if (controller.Refusal is { } refusal)
            {
                throw refusal;
            }

            using X509Certificate2 certificate = controller.Issue(request.CertificateRequestDer.ToByteArray());
            return Task.FromResult(new EnrolResponse
            {
                AgentId = "agent-1",
                ServerName = "web-01",
                CertificateDer = ByteString.CopyFrom(certificate.RawData),
                CaCertificatesDer = { ByteString.CopyFrom(controller.Authority.RawData) },
                ServerTime = Timestamp.FromDateTimeOffset(Now + controller.ClockOffset),
            });
        }

        public override Task<RenewResponse> Renew(RenewRequest request, ServerCallContext context)
        {
            if (controller.Refusal is { } refusal)
            {
                throw refusal;
            }

            using X509Certificate2 certificate = controller.Issue(request.CertificateRequestDer.ToByteArray());
            return Task.FromResult(new RenewResponse
            {
                CertificateDer = ByteString.CopyFrom(certificate.RawData),
                CaCertificatesDer = { ByteString.CopyFrom(controller.Authority.RawData) },
            });
        }
    }
}
