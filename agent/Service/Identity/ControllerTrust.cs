using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Protocol.Trust;

namespace HaiSoft.Agent.Identity;

/// <summary>Why a controller's certificate was not taken.</summary>
internal enum TrustFault
{
    /// <summary>It was taken, or none was shown yet.</summary>
    None,

    /// <summary>It comes from another CA than the one that the token or the identity names.</summary>
    OtherAuthority,

    /// <summary>It is for other names than the one dialled.</summary>
    OtherName,

    /// <summary>By this server's clock it is not valid yet.</summary>
    NotYetValid,

    /// <summary>By this server's clock it has expired.</summary>
    Expired,

    /// <summary>It is no server's certificate, or its signature is wrong.</summary>
    Unsuitable,
}

/// <summary>
/// Decides during the TLS handshake whether the other side is the controller: its certificate must be signed, for a
/// server, by the pinned CA. No other CA of this machine counts. One object serves one channel.
/// </summary>
internal sealed class ControllerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly X509Certificate2Collection? _authorities;
    private readonly ReadOnlyMemory<byte> _pin;
    private readonly TimeProvider _time;
    private volatile TrustFault _fault;

    private ControllerTrust(X509Certificate2Collection? authorities, ReadOnlyMemory<byte> pin, TimeProvider time)
    {
        _authorities = authorities;
        _pin = pin;
        _time = time;
    }

    /// <summary>Why the certificate last shown was not taken.</summary>
    public TrustFault Fault => _fault;

    /// <summary>Trusts the CA whose DER has this SHA-256.</summary>
    public static ControllerTrust ByHash(ReadOnlyMemory<byte> caSha256, TimeProvider time) => new(null, caSha256, time);

    /// <summary>Trusts these CAs.</summary>
    public static ControllerTrust ByAuthorities(X509Certificate2Collection authorities, TimeProvider time) => new(authorities, default, time);

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>.</summary>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _fault = certificate is null ? TrustFault.Unsuitable : Judge(new X509Certificate2(certificate), chain, errors);
        return _fault == TrustFault.None;
    }

    private TrustFault Judge(X509Certificate2 certificate, X509Chain? shown, SslPolicyErrors errors)
    {
        X509Certificate2Collection authorities = _authorities ?? FindPinned(certificate, shown);
        if (authorities.Count == 0)
        {
            return TrustFault.OtherAuthority;
        }

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        if (!chain.Build(certificate))
        {
            return Explain(chain.ChainStatus, certificate);
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? TrustFault.OtherName : TrustFault.None;
    }

    private X509Certificate2Collection FindPinned(X509Certificate2 certificate, X509Chain? shown)
    {
        X509Certificate2Collection found = [];
        if (EmbeddedAuthority.Find(certificate) is { } embedded && HasPin(embedded))
        {
            found.Add(embedded);
        }

        if (shown is not null)
        {
            foreach (X509Certificate2 candidate in shown.ChainPolicy.ExtraStore)
            {
                if (HasPin(candidate))
                {
                    found.Add(candidate);
                }
            }
        }

        return found;
    }

    private bool HasPin(X509Certificate2 candidate) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(candidate.RawData), _pin.Span);

    private TrustFault Explain(X509ChainStatus[] statuses, X509Certificate2 certificate)
    {
        X509ChainStatusFlags all = X509ChainStatusFlags.NoError;
        foreach (X509ChainStatus status in statuses)
        {
            all |= status.Status;
        }

        const X509ChainStatusFlags Strange = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;
        return all switch
        {
            _ when (all & Strange) != X509ChainStatusFlags.NoError => TrustFault.OtherAuthority,
            X509ChainStatusFlags.NotTimeValid => _time.GetUtcNow().UtcDateTime < certificate.NotBefore.ToUniversalTime()
                ? TrustFault.NotYetValid
                : TrustFault.Expired,
            _ => TrustFault.Unsuitable,
        };
    }
}
