using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// The controller's own CA: a P-256 key that never leaves <c>ca/ca.key</c> (mode 0600), made at the first start. It signs the
/// certificates of agents and of the controller's listeners, and nothing else.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    // Clocks of servers may be days off; their agents must still be able to talk to us and be told so.
    private static readonly TimeSpan Backdate = TimeSpan.FromDays(30);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365 * 20);
    private readonly ECDsa _key;

    /// <summary>Reads the CA, or makes it if there is none.</summary>
    /// <exception cref="StartRefusedException">Half of it is missing, or the halves do not belong together.</exception>
    public CertificateAuthority(DataFolder folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        CaFiles files = new(folder);
        _key = files.ReadOrMakeKey();
        Certificate = files.ReadCertificate() ?? files.Keep(SelfSigned(time.GetUtcNow()));
        files.RefuseStrangers(_key, Certificate);
        Sha256 = SHA256.HashData(Certificate.RawData);
    }

    /// <summary>The CA's certificate, without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the certificate's DER: what tokens and profiles carry, and agents pin.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>Signs a certificate with a random serial number of 127 bits.</summary>
    internal X509Certificate2 Sign(CertificateRequest request, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        DateTimeOffset last = CertificateDates.ExpiryOf(Certificate);
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x7F | 0x40);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(
            Certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_key),
            notBefore,
            notAfter < last ? notAfter : last,
            serial);
    }

    private X509Certificate2 SelfSigned(DateTimeOffset now)
    {
        CertificateRequest request = new($"CN=HaiSoft Controller CA {RandomNumberGenerator.GetHexString(8)}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using X509Certificate2 withKey = request.CreateSelfSigned(now - Backdate, now + Lifetime);
        return X509CertificateLoader.LoadCertificate(withKey.RawData);
    }
}
