using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.FleetSimulator.Identities;

/// <summary>A controller's own CA: the only one that its clients trust.</summary>
internal sealed class Authority(byte[] certificate)
{
    private readonly X509ChainPolicy _trust = new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificate(certificate) },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    /// <summary>TLS as a client of this controller.</summary>
    /// <param name="own">The client's own certificate.</param>
    public SslClientAuthenticationOptions ClientOptions(SslStreamCertificateContext own) => new()
    {
        // A whole handshake each time: an agent that comes back after a cut brings nothing to resume.
        AllowTlsResume = false,
        CertificateChainPolicy = _trust,
        ClientCertificateContext = own,
    };
}
