using HaiSoft.Protocol.Trust.Keys;

namespace HaiSoft.Protocol.Trust.Passkeys;

/// <summary>
/// A passkey's public key as its authenticator gives it (COSE_Key, RFC 9053). Authenticators encode it in one way (CTAP2 canonical
/// CBOR), so an ES256 key on P-256 is the same 77 bytes but for its coordinates.
/// </summary>
public static class CosePublicKey
{
    private const int CoordinateLength = 32;

    // kty EC2, alg ES256, crv P-256, x: 32 bytes; then y: 32 bytes.
    private static readonly byte[] BeforeX = Convert.FromHexString("A5010203262001215820");
    private static readonly byte[] BeforeY = Convert.FromHexString("225820");

    /// <summary>Reads it; null when it is a key of another kind, or not encoded so.</summary>
    public static VerificationKey? Read(ReadOnlySpan<byte> cose)
    {
        int y = BeforeX.Length + CoordinateLength;
        bool isOurs = cose.Length == y + BeforeY.Length + CoordinateLength && cose.StartsWith(BeforeX) && cose[y..].StartsWith(BeforeY);
        return isOurs ? VerificationKey.OfPoint(cose.Slice(BeforeX.Length, CoordinateLength), cose[(y + BeforeY.Length)..]) : null;
    }
}
