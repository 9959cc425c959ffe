using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.Agent.Identity;

/// <summary>A fresh P-256 key and the request for its certificate. The controller ignores the request's subject (DESIGN 4).</summary>
internal sealed class AgentKeyPair : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>PKCS #8, PEM.</summary>
    public string PrivateKeyPem => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>PKCS #10, DER.</summary>
    public byte[] CreateRequest() => new CertificateRequest("CN=haisoft-agent", _key, HashAlgorithmName.SHA256).CreateSigningRequest();

    /// <summary>True when a certificate is for this key.</summary>
    public bool Fits(X509Certificate2 certificate)
    {
        using ECDsa? other = certificate.GetECDsaPublicKey();
        return other is not null && other.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(_key.ExportSubjectPublicKeyInfo());
    }

    public void Dispose() => _key.Dispose();
}
