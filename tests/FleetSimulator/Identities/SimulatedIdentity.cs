using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.FleetSimulator.Identities;

/// <summary>Who a simulated agent is.</summary>
/// <param name="AgentId">As enrolment gave it.</param>
/// <param name="ServerName">Its record's name.</param>
/// <param name="Certificate">DER.</param>
/// <param name="PrivateKey">PKCS #8, DER.</param>
internal sealed record SimulatedIdentity(string AgentId, string ServerName, byte[] Certificate, byte[] PrivateKey)
{
    /// <summary>The certificate's last second.</summary>
    public DateTimeOffset ExpiresAt()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Certificate);
        return new DateTimeOffset(certificate.NotAfter);
    }

    /// <summary>What a TLS client shows; the chain is not built anew for each connection.</summary>
    public SslStreamCertificateContext ClientContext()
    {
        using ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(PrivateKey, out _);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Certificate);
        return SslStreamCertificateContext.Create(certificate.CopyWithPrivateKey(key), additionalCertificates: null, offline: true);
    }
}
