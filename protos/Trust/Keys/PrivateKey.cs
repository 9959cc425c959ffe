using System.Security.Cryptography;

namespace HaiSoft.Protocol.Trust.Keys;

/// <summary>A P-256 key that signs, and the file it is kept in: PKCS #8, PEM, under a passphrase (AES-256, PBKDF2 with HMAC-SHA-256).</summary>
public sealed class PrivateKey : IDisposable
{
    /// <summary>The shortest passphrase that a key file is written with, characters.</summary>
    public const int ShortestPassphrase = 12;

    // What OWASP asks of PBKDF2 with HMAC-SHA-256 (2023); half a second a guess.
    private static readonly PbeParameters Protection = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);
    private readonly ECDsa _key;

    private PrivateKey(ECDsa key)
    {
        _key = key;
        PublicKey = VerificationKey.Read(key.ExportSubjectPublicKeyInfo()) ?? throw new CryptographicException("It is not a P-256 key.");
    }

    /// <summary>The half that others may have.</summary>
    public VerificationKey PublicKey { get; }

    /// <summary>A fresh one.</summary>
    public static PrivateKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>One that is kept otherwise than in a key file: a controller's. It is disposed with this.</summary>
    /// <exception cref="CryptographicException">It is not on P-256.</exception>
    public static PrivateKey Of(ECDsa key) => new(key);

    /// <summary>Reads a key file.</summary>
    /// <returns>The key; null when the file is not one, or the passphrase is another.</returns>
    public static PrivateKey? Read(string pem, ReadOnlySpan<char> passphrase)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromEncryptedPem(pem, passphrase);
            return new(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    /// <summary>What a key file holds.</summary>
    /// <param name="passphrase">At least <see cref="ShortestPassphrase"/> characters.</param>
    public string ToPem(ReadOnlySpan<char> passphrase)
    {
        return passphrase.Length >= ShortestPassphrase
            ? _key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Protection) + "\n"
            : throw new ArgumentException("The passphrase is too short.", nameof(passphrase));
    }

    /// <summary>ECDSA with SHA-256.</summary>
    /// <param name="format">r and s, 32 bytes each; or DER.</param>
    public byte[] Sign(ReadOnlySpan<byte> data, DSASignatureFormat format) => _key.SignData(data, HashAlgorithmName.SHA256, format);

    public void Dispose() => _key.Dispose();
}
