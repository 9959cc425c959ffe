using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Protocol.Trust;

namespace HaiSoft.FleetSimulator.Identities;

/// <summary>Knows a controller by the SHA-256 of its CA's certificate, before anything is said to it (DESIGN 4).</summary>
/// <param name="sha256">32 bytes.</param>
internal sealed class AuthorityPin(byte[] sha256)
{
    /// <summary>This certificate is the CA's.</summary>
    public bool IsOf(byte[] certificate) => SHA256.HashData(certificate).AsSpan().SequenceEqual(sha256);

    /// <summary>TLS as a client that has no certificate of its own.</summary>
    public SslClientAuthenticationOptions ClientOptions() => new()
    {
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && Trusts(shown),
    };

    // A TLS server does not send its root: the controller's certificate carries it.
    private bool Trusts(X509Certificate2 shown)
    {
        using X509Certificate2? authority = EmbeddedAuthority.Find(shown);
        if (authority is null || !IsOf(authority.RawData))
            return false;

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }
}
