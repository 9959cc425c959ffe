using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.Controller.Tests.Identity;

/// <summary>Trusts one CA and nothing else, as an agent does.</summary>
internal sealed class PinnedCa(X509Certificate2 certificate) : IDisposable
{
    private readonly X509Certificate2 _certificate = X509CertificateLoader.LoadCertificate(certificate.RawData);

    /// <summary>A handler that checks the controller against the CA, with a client certificate or without.</summary>
    public SocketsHttpHandler Handler(X509Certificate2? client = null)
    {
        SslClientAuthenticationOptions tls = new()
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificate(_certificate.RawData) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        if (client is not null)
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => client;
        return new SocketsHttpHandler { SslOptions = tls };
    }

    public void Dispose() => _certificate.Dispose();
}
