using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.Protocol.Trust;

/// <summary>
/// The controller's CA certificate inside the controller's server certificate, in an extension of our own. TLS servers do
/// not send their root, and who enrols knows only its hash: from here it gets the root itself during the handshake, and
/// checks it against the hash.
/// </summary>
public static class EmbeddedAuthority
{
    /// <summary>Names the extension; an arc made from a random UUID (ITU-T X.667). Its value is the CA certificate's DER.</summary>
    public const string Oid = "2.25.311242829645354834067965522907824216936";

    private const int MaximumLength = 8 * 1024;

    /// <summary>The extension for a server certificate that <paramref name="authority"/> signs.</summary>
    public static X509Extension ToExtension(X509Certificate2 authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return new X509Extension(Oid, authority.RawData, critical: false);
    }

    /// <summary>
    /// The CA certificate that a server certificate carries; null when it carries none. It proves nothing: compare its
    /// hash, then build the chain.
    /// </summary>
    public static X509Certificate2? Find(X509Certificate2 server)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (server.Extensions[Oid] is not { RawData.Length: <= MaximumLength } extension)
        {
            return null;
        }

        try
        {
            return X509CertificateLoader.LoadCertificate(extension.RawData);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
