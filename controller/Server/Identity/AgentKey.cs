using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.Controller.Identity;

/// <summary>The public key of a certificate request, once it is known to be usable and in the hands of who sent it.</summary>
internal static class AgentKey
{
    private const int LargestRequest = 8 * 1024;

    /// <summary>Reads the key of a PKCS #10 request. Its subject and extensions are ignored.</summary>
    /// <param name="der">The request.</param>
    /// <param name="fault">What is wrong with it; empty when nothing is.</param>
    /// <returns>The key, or null.</returns>
    public static PublicKey? Read(byte[] der, out string fault)
    {
        PublicKey? key = der.Length is 0 or > LargestRequest ? null : Verified(der);
        fault = key switch
        {
            null => "The certificate request cannot be used: send PKCS #10 in DER, signed with its own key, of at most 8 KiB.",
            _ when !IsP256(key) => "The key of the certificate request cannot be used: make one on the curve P-256 (secp256r1).",
            _ => "",
        };
        return fault.Length == 0 ? key : null;
    }

    private static PublicKey? Verified(byte[] der)
    {
        try
        {
            // Loading verifies the request's signature by its own key; extensions are not loaded.
            return CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256).PublicKey;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsP256(PublicKey key)
    {
        try
        {
            using ECDsa? ecdsa = key.GetECDsaPublicKey();
            return ecdsa?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == Oids.P256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
