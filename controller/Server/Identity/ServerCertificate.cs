using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Controller.Listeners;
using HaiSoft.Protocol.Trust;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// What the controller's listeners show: signed by its own CA for <c>localhost</c>, the loopback addresses, the host name and the
/// public address. It lives in memory only and is made anew at every start and before it expires.
/// </summary>
internal sealed class ServerCertificate : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    // Servers whose clock is behind must still be able to enrol and be told so.
    private static readonly TimeSpan Backdate = TimeSpan.FromDays(7);
    private readonly CertificateAuthority _authority;
    private readonly ListenerOptions _options;
    private readonly TimeProvider _time;
    private X509Certificate2 _current;

    /// <summary>Makes the first one.</summary>
    public ServerCertificate(CertificateAuthority authority, IOptions<ListenerOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _authority = authority;
        _options = options.Value;
        _time = time;
        _current = Issue();
        Context = SslStreamCertificateContext.Create(_current, additionalCertificates: null, offline: true);
    }

    /// <summary>The one to show now.</summary>
    public SslStreamCertificateContext Context { get; private set; }

    /// <summary>When the one of the moment expires.</summary>
    public DateTimeOffset ExpiresAt => CertificateDates.ExpiryOf(_current);

    /// <summary>A third of its life is left, or less: make a new one.</summary>
    public bool IsDue => _time.GetUtcNow() >= ExpiresAt - (Lifetime / 3);

    /// <summary>Makes a new one; connections that stand keep the old.</summary>
    public void Renew()
    {
        // The old one is left to the collector: handshakes may still be using it.
        _current = Issue();
        Context = SslStreamCertificateContext.Create(_current, additionalCertificates: null, offline: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _current.Dispose();

    private X509Certificate2 Issue()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=HaiSoft Controller", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Oids.ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(Names());
        request.CertificateExtensions.Add(EmbeddedAuthority.ToExtension(_authority.Certificate));
        DateTimeOffset now = _time.GetUtcNow();
        using X509Certificate2 signed = _authority.Sign(request, now - Backdate, now + Lifetime);
        return signed.CopyWithPrivateKey(key);
    }

    private X509Extension Names()
    {
        SubjectAlternativeNameBuilder names = new();
        foreach (string name in ServerNames.Of(_options))
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(name);
        }

        return names.Build();
    }
}
