using Google.Protobuf;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Tests.Ctl.Trust;

/// <summary>A root of two keys that sign catalogues too, and catalogues in which passkeys may do what they may by default.</summary>
internal sealed class TestAuthority
{
    /// <summary>Where the console is.</summary>
    public const string Site = "console.haisoft.example";

    private readonly PrivateKey[] _signers = [PrivateKey.Create(), PrivateKey.Create()];
    private readonly DateTimeOffset _now;
    private long _version;

    public TestAuthority(DateTimeOffset now)
    {
        _now = now;
        KeySet both = new() { Keys = { _signers.Select(key => Listed(key.PublicKey)) }, Threshold = 2 };
        Root = Sign(Sealing.Seal(PayloadTypes.Root, NewRoot.First(both, both, now, 365)), _signers);
    }

    /// <summary>The root's envelope.</summary>
    public byte[] Root { get; }

    /// <summary>A key file that every catalogue lists as an approver's.</summary>
    public PrivateKey Approver => _signers[0];

    /// <summary>The next catalogue's envelope: httpd and php-fpm, one controller, and approvers by passkey.</summary>
    public byte[] NextCatalogue(SigningKey controller, params Approver[] passkeys)
    {
        Catalogue catalogue = NewCatalogue.Example(_signers.Select(key => Listed(key.PublicKey)), [controller], _now);
        catalogue.Version = ++_version;
        Package second = catalogue.Packages[0].Clone();
        second.Name = "php-fpm";
        second.Versions = null;
        second.Options.Clear();
        catalogue.Packages.Add(second);
        catalogue.Approvers.Add(passkeys);
        catalogue.Passkeys = new PasskeySettings { RelyingPartyId = Site, Origins = { $"https://{Site}" } };
        return Sign(Sealing.Seal(PayloadTypes.Catalogue, catalogue), _signers);
    }

    /// <summary>A catalogue as servers hold it.</summary>
    public TrustedCatalogue Verify(byte[] catalogue) =>
        CatalogueVerification.Verify(RootVerification.Pin(Root, OpenedEnvelope.Open(Root).Accepted.Sha256).Accepted, catalogue, held: null, _now).Accepted;

    /// <summary>An approver by passkey.</summary>
    public static Approver ByPasskey(VerificationKey key) => new() { Key = Listed(key), Kind = SignatureKind.Passkey };

    /// <summary>A key as roots and catalogues list it.</summary>
    public static SigningKey Listed(VerificationKey key) =>
        new() { KeyId = key.Id, PublicKey = ByteString.CopyFrom(key.Encoded.Span), Name = "Somebody" };

    /// <summary>The same envelope with signatures by key files.</summary>
    public static byte[] Sign(byte[] envelope, params PrivateKey[] keys) =>
        keys.Aggregate(envelope, (signed, key) => Sealing.AddSignature(OpenedEnvelope.Open(signed).Accepted, key));
}
