using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Tests.Identity;

/// <summary>An agent as far as its identity goes: keys, certificate requests, and the certificate that it got.</summary>
internal sealed class TestAgent(RunningController controller, EnrolResponse enrolled, X509Certificate2 certificate, int? port = null)
{
    public EnrolResponse Enrolled { get; } = enrolled;

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Certificate { get; } = certificate;

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static ByteString RequestOf(ECDsa key, string subject = "CN=ignored") =>
        ByteString.CopyFrom(new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequest());

    /// <summary>What an agent with this token sends.</summary>
    public static EnrolRequest Request(RunningController controller, string token, ECDsa key, string machineId = "5f0c") => new()
    {
        Token = token,
        CertificateRequestDer = RequestOf(key),
        HostName = "web-01.example",
        MachineId = machineId,
        SentTime = controller.Time.GetUtcNow().ToTimestamp(),
    };

    public static async Task<TestAgent> EnrolAsync(RunningController controller, string token, string machineId = "5f0c")
    {
        ECDsa key = NewKey();
        EnrolResponse response = await controller.Enrolment().EnrolAsync(Request(controller, token, key, machineId));
        return new(controller, response, WithKey(response.CertificateDer, key));
    }

    /// <summary>The same agent, dialling another controller.</summary>
    public TestAgent At(RunningController other) => new(other, Enrolled, Certificate);

    /// <summary>The same agent with its next certificate.</summary>
    public async Task<TestAgent> RenewAsync()
    {
        ECDsa key = NewKey();
        RenewResponse response = await Client().RenewAsync(new RenewRequest { CertificateRequestDer = RequestOf(key) });
        return new(controller, Enrolled, WithKey(response.CertificateDer, key));
    }

    public EnrolmentService.EnrolmentServiceClient Client() => controller.Enrolment(controller.Ca.Handler(Certificate));

    /// <summary>The same agent, dialling its streams by another port.</summary>
    public TestAgent Through(int relay) => new(controller, Enrolled, Certificate, relay);

    public AgentLinkService.AgentLinkServiceClient Link() => new(RunningController.Channel(
        port is null ? controller.AgentsUrl : $"https://localhost:{port}", controller.Ca.Handler(Certificate)));

    public static X509Certificate2 WithKey(ByteString der, ECDsa key)
    {
        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(der.Span);
        return bare.CopyWithPrivateKey(key);
    }
}
