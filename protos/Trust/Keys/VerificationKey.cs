using System.Security.Cryptography;

namespace HaiSoft.Protocol.Trust.Keys;

/// <summary>
/// A public key that signatures are verified with: P-256, with SHA-256. There is one encoding of a key and no other, so that one key
/// has one id and is never counted as two.
/// </summary>
public sealed class VerificationKey
{
    // SubjectPublicKeyInfo (RFC 5480) of id-ecPublicKey on prime256v1; ends with the mark of an uncompressed point.
    private static readonly byte[] Header = Convert.FromHexString("3059301306072A8648CE3D020106082A8648CE3D03010703420004");
    private const int Length = 91;
    private readonly byte[] _encoded;

    private VerificationKey(byte[] encoded)
    {
        _encoded = encoded;
        Id = Convert.ToHexStringLower(SHA256.HashData(encoded));
    }

    /// <summary>SHA-256 of <see cref="Encoded"/>, 64 lower-case hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>SubjectPublicKeyInfo, DER, 91 bytes.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>"PUBLIC KEY", PEM.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", _encoded) + "\n";

    /// <summary>Reads a key; null when it is not a point of P-256 in the one encoding that is accepted.</summary>
    public static VerificationKey? Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length != Length || !encoded.StartsWith(Header))
            return null;
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(encoded, out _);
            return new(encoded.ToArray());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The key at a point of P-256; null when the point is not on the curve.</summary>
    /// <param name="x">32 bytes.</param>
    /// <param name="y">32 bytes.</param>
    public static VerificationKey? OfPoint(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => Read([.. Header, .. x, .. y]);

    /// <summary>Reads a PEM file with one public key; null when it is none.</summary>
    public static VerificationKey? ReadPem(string pem)
    {
        try
        {
            return PemEncoding.TryFind(pem, out PemFields fields) && pem[fields.Label] == "PUBLIC KEY"
                ? Read(Convert.FromBase64String(pem[fields.Base64Data]))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>True when the signature is this key's over this data.</summary>
    /// <param name="format">r and s, 32 bytes each; or DER, as authenticators give it.</param>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, DSASignatureFormat format)
    {
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(_encoded, out _);
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, format);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
