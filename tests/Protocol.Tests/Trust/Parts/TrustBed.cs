using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Tests.Trust.Parts;

/// <summary>A small company: three root keys and three catalogue keys (two must sign), two approvers with key files, one with a passkey, one controller.</summary>
internal static class TrustBed
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero);
    public static readonly PrivateKey[] RootKeys = [.. Keys(3)];
    public static readonly PrivateKey[] CatalogueKeys = [.. Keys(3)];
    public static readonly PrivateKey[] Approvers = [.. Keys(2)];
    public static readonly PrivateKey Controller = PrivateKey.Create();
    public static readonly PrivateKey Stranger = PrivateKey.Create();
    public static readonly Authenticator Passkey = new();
    public static readonly string Machine = new('a', 64);

    public static TrustedRoot FirstRoot { get; } = PinOwn(SealedRoot()).Accepted;

    public static TrustedCatalogue FirstCatalogue { get; } = Verify(SealedCatalogue()).Accepted;

    public static byte[] SealedRoot(Action<Root>? change = null, params PrivateKey[] signers)
    {
        Root root = new()
        {
            Version = 1,
            CreatedTime = Now.AddDays(-10).ToTimestamp(),
            ExpiryTime = Now.AddDays(355).ToTimestamp(),
            RootKeys = Set(RootKeys),
            CatalogueKeys = Set(CatalogueKeys),
        };
        change?.Invoke(root);
        return Sign(Sealing.Seal(PayloadTypes.Root, root), signers.Length > 0 ? signers : RootKeys[..2]);
    }

    public static byte[] SealedCatalogue(Action<Catalogue>? change = null, params PrivateKey[] signers)
    {
        Catalogue catalogue = Catalogues.Good();
        change?.Invoke(catalogue);
        return Sign(Sealing.Seal(PayloadTypes.Catalogue, catalogue), signers.Length > 0 ? signers : CatalogueKeys[..2]);
    }

    /// <summary>An order, signed by the controller and by these approvers; by one when none is given.</summary>
    public static byte[] SealedOrder(Action<Order>? change = null, params PrivateKey[] approvers)
    {
        Order order = Orders.Good();
        change?.Invoke(order);
        return Sign(Sealing.Seal(PayloadTypes.Order, order), [Controller, .. approvers.Length > 0 ? approvers : Approvers[..1]]);
    }

    public static byte[] Sign(byte[] envelope, params IEnumerable<PrivateKey> signers) =>
        signers.Aggregate(envelope, (signed, key) => Sealing.AddSignature(Open(signed), key));

    public static byte[] Sign(byte[] envelope, Signature signature) => Sealing.AddSignature(Open(envelope), signature);

    public static OpenedEnvelope Open(byte[] envelope) => OpenedEnvelope.Open(envelope).Accepted;

    public static byte[] Change(byte[] envelope, Action<Envelope> change)
    {
        Envelope changed = Envelope.Parser.ParseFrom(envelope);
        change(changed);
        return changed.ToByteArray();
    }

    public static Judged<TrustedRoot> PinOwn(byte[] envelope) => RootVerification.Pin(envelope, Open(envelope).Sha256);

    public static Judged<TrustedRoot> Follow(byte[] envelope) => RootVerification.Follow(FirstRoot, envelope);

    public static Judged<TrustedCatalogue> Verify(byte[] envelope, HeldCatalogue? held = null, DateTimeOffset? now = null) =>
        CatalogueVerification.Verify(FirstRoot, envelope, held, now ?? Now);

    public static Judged<VerifiedOrder> VerifyOrder(byte[] envelope, TrustedCatalogue? catalogue = null, DateTimeOffset? now = null, params string[] held) =>
        OrderVerification.Verify(catalogue ?? FirstCatalogue, envelope, new(Machine, new HashSet<string>(held), now ?? Now));

    public static KeySet Set(params PrivateKey[] keys) => new() { Keys = { keys.Select((key, i) => Listed(key, $"Holder {i + 1}")) }, Threshold = 2 };

    public static SigningKey Listed(PrivateKey key, string name) => Listed(key.PublicKey, name);

    public static SigningKey Listed(VerificationKey key, string name) =>
        new() { KeyId = key.Id, PublicKey = ByteString.CopyFrom(key.Encoded.Span), Name = name };

    private static IEnumerable<PrivateKey> Keys(int count) => Enumerable.Range(0, count).Select(_ => PrivateKey.Create());
}
