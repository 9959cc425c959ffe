using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Passkeys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Tests.Trust.Parts;

/// <summary>An authenticator and its browser, that say what a test has them say.</summary>
internal sealed class Authenticator
{
    public const string Origin = "https://console.haisoft.example";
    public const string RelyingParty = "console.haisoft.example";
    private readonly PrivateKey _key = PrivateKey.Create();

    public VerificationKey PublicKey => _key.PublicKey;

    /// <summary>An approval of an order.</summary>
    public Signature Approve(byte[] envelope, string relyingParty = RelyingParty, byte flags = 0x1D, string? client = null) =>
        Sign(client ?? Client(Challenge(envelope)), relyingParty, flags);

    public static string Challenge(byte[] envelope) => Base64Url.EncodeToString(PasskeyChallenge.ForOrder(TrustBed.Open(envelope).Payload.Span));

    /// <summary>The client data as Chromium writes them.</summary>
    public static string Client(string challenge, string type = "webauthn.get", string origin = Origin, string more = ",\"crossOrigin\":false") =>
        $$"""{"type":"{{type}}","challenge":"{{challenge}}","origin":"{{origin}}"{{more}}}""";

    public Signature Sign(string client, string relyingParty = RelyingParty, byte flags = 0x1D)
    {
        byte[] authenticator = [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), flags, 0, 0, 0, 9];
        byte[] json = Encoding.UTF8.GetBytes(client);
        return new()
        {
            KeyId = PublicKey.Id,
            Kind = SignatureKind.Passkey,
            Signature_ = ByteString.CopyFrom(_key.Sign([.. authenticator, .. SHA256.HashData(json)], DSASignatureFormat.Rfc3279DerSequence)),
            Passkey = new PasskeyProof { AuthenticatorData = ByteString.CopyFrom(authenticator), ClientDataJson = ByteString.CopyFrom(json) },
        };
    }
}
