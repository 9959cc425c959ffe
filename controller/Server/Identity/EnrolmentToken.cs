using System.Buffers.Text;
using System.Security.Cryptography;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// A one-time token: <c>hse1.SECRET.CA</c>, both parts base64url of 32 bytes. The secret has 256 bits; the other part is the SHA-256
/// of the CA certificate, by which the agent knows the controller before it gives the secret away (DESIGN 4).
/// </summary>
internal sealed class EnrolmentToken
{
    private const string Prefix = "hse1";
    private readonly byte[] _secret;
    private readonly byte[] _caHash;

    private EnrolmentToken(byte[] secret, byte[] caHash)
    {
        _secret = secret;
        _caHash = caHash;
    }

    /// <summary>What is stored of it.</summary>
    public byte[] Hash => SHA256.HashData(_secret);

    public static EnrolmentToken Make(CertificateAuthority authority) =>
        new(RandomNumberGenerator.GetBytes(32), authority.Sha256.ToArray());

    /// <summary>The token of a text; null when it is not a whole one.</summary>
    public static EnrolmentToken? Parse(string text)
    {
        string[] parts = text.Trim().Split('.');
        return parts is [Prefix, var secret, var ca] && Bytes(secret) is { } secretBytes && Bytes(ca) is { } caBytes
            ? new EnrolmentToken(secretBytes, caBytes)
            : null;
    }

    /// <summary>It was made by a controller with this CA.</summary>
    public bool IsOf(CertificateAuthority authority) => authority.Sha256.Span.SequenceEqual(_caHash);

    /// <summary>As it is given to the agent.</summary>
    public override string ToString() => $"{Prefix}.{Base64Url.EncodeToString(_secret)}.{Base64Url.EncodeToString(_caHash)}";

    private static byte[]? Bytes(string text)
    {
        Span<byte> bytes = stackalloc byte[33];
        return text.Length == 43 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out int length) && length == 32 ? bytes[..32].ToArray() : null;
    }
}
