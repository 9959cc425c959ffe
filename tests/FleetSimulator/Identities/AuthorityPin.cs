using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Protocol.Trust;

namespace HaiSoft.FleetSimulator.Identities;

/// <summary>Knows a controller by the SHA-256 of its CA's certificate, before anything is said to it (DESIGN 4).</summary>
/// <param name="sha256">32 bytes.</param>
internal sealed class AuthorityPin(byte[] sha256)
{
    /// <summary>Options for a client that has no certificate of its own yet.</summary>
    public SslClientAuthenticationOptions ClientOptions() => new()
    {
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => certificate is X509Certificate2 shown && Trusts(shown, chain),
    };

    private bool Trusts(X509Certificate2 shown, X509Chain? sent)
    {
        if (sent is null || Authority(shown, sent) is not { } authority)
            return false;

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }

    // A TLS server does not send its root: the controller's certificate carries it (EmbeddedAuthority).
    private X509Certificate2? Authority(X509Certificate2 shown, X509Chain sent) =>
        sent.ChainPolicy.ExtraStore.Append(EmbeddedAuthority.Find(shown)).OfType<X509Certificate2>()
            .FirstOrDefault(certificate => SHA256.HashData(certificate.RawData).AsSpan().SequenceEqual(sha256));
}
