using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>For each reason something that is refused with it, and nothing else wrong with it.</summary>
internal static class RefusalCases
{
    private static readonly PrivateKey[] OtherRootKeys = [PrivateKey.Create(), PrivateKey.Create()];

    public static readonly Dictionary<TrustRefusal, Func<Refused?>> All = new()
    {
        [TrustRefusal.TooLarge] = () => Verify(new byte[OpenedEnvelope.Largest + 1]).Refusal,
        [TrustRefusal.Malformed] = () => Verify(SealedCatalogue()[..^1]).Refusal,
        [TrustRefusal.UnknownField] = () => Verify([.. SealedCatalogue(), 0x78, 0x01]).Refusal,
        [TrustRefusal.NotCanonical] = () => Verify([.. SealedCatalogue(), .. new Envelope { PayloadType = PayloadTypes.Catalogue }.ToByteArray()]).Refusal,
        [TrustRefusal.WrongPayloadType] = () => Verify(SealedRoot()).Refusal,

        [TrustRefusal.TooManySignatures] = () => Verify(Change(SealedCatalogue(), e => e.Signatures.Add(Enumerable.Repeat(e.Signatures[0], 31)))).Refusal,
        [TrustRefusal.UnknownKey] = () => Verify(Sign(SealedCatalogue(), Stranger)).Refusal,
        [TrustRefusal.WrongSignatureKind] = () => Verify(Change(SealedCatalogue(), e => e.Signatures[0].Kind = SignatureKind.Passkey)).Refusal,
        [TrustRefusal.BadSignature] = () => Verify(Change(SealedCatalogue(), e => e.Signatures[0].Signature_ = e.Signatures[1].Signature_)).Refusal,

        [TrustRefusal.PasskeyMalformed] = () => ByPasskey((order, _) => Passkey.Approve(order, client: "{}")),
        [TrustRefusal.PasskeyWrongType] = () => ByPasskey((order, challenge) => Passkey.Approve(order, client: Authenticator.Client(challenge, type: "webauthn.create"))),
        [TrustRefusal.PasskeyWrongChallenge] = () => ByPasskey((order, _) => Passkey.Approve(order, client: Authenticator.Client(new string('A', 43)))),
        [TrustRefusal.PasskeyWrongOrigin] = () => ByPasskey((order, challenge) => Passkey.Approve(order, client: Authenticator.Client(challenge, origin: "https://evil.example"))),
        [TrustRefusal.PasskeyWrongRelyingParty] = () => ByPasskey((order, _) => Passkey.Approve(order, relyingParty: "evil.example")),
        [TrustRefusal.PasskeyUserAbsent] = () => ByPasskey((order, _) => Passkey.Approve(order, flags: 0x04)),
        [TrustRefusal.PasskeyUserNotVerified] = () => ByPasskey((order, _) => Passkey.Approve(order, flags: 0x01)),

        [TrustRefusal.RootWrongFingerprint] = () => RootVerification.Pin(SealedRoot(), new string('0', 64)).Refusal,
        [TrustRefusal.RootContent] = () => PinOwn(SealedRoot(r => r.RootKeys.Threshold = 1)).Refusal,
        [TrustRefusal.RootLowerVersion] = () => RootVerification.Follow(Follow(SealedRoot(r => r.Version = 2)).Accepted, SealedRoot()).Refusal,
        [TrustRefusal.RootChanged] = () => Follow(SealedRoot(r => r.CatalogueKeys = Set(Approvers))).Refusal,
        [TrustRefusal.RootSkippedVersion] = () => Follow(SealedRoot(r => r.Version = 3)).Refusal,
        [TrustRefusal.RootTooFewPreviousSignatures] = () => Follow(SealedRoot(Rotated, [RootKeys[0], .. OtherRootKeys])).Refusal,
        [TrustRefusal.RootTooFewSignatures] = () => Follow(SealedRoot(Rotated, [.. RootKeys, OtherRootKeys[0]])).Refusal,
        [TrustRefusal.RootFromFuture] = () => FirstRoot.WhyNot(Now.AddDays(-11)),
        [TrustRefusal.RootExpired] = () => Verify(SealedCatalogue(), now: Now.AddDays(355)).Refusal,
        [TrustRefusal.RootLifetime] = () => PinOwn(SealedRoot(r => r.ExpiryTime = Now.AddDays(391).ToTimestamp())).Refusal,

        [TrustRefusal.CatalogueContent] = () => Verify(SealedCatalogue(c => c.Packages[0].Name = "http*")).Refusal,
        [TrustRefusal.CatalogueUnknownOperation] = () => Verify(SealedCatalogue(c => c.Operations.Add(new Operation { Kind = (OperationKind)99 }))).Refusal,
        [TrustRefusal.CatalogueTooFewSignatures] = () => Verify(SealedCatalogue(null, CatalogueKeys[1])).Refusal,
        [TrustRefusal.CatalogueLowerVersion] = () => Verify(SealedCatalogue(), new(8, new string('0', 64))).Refusal,
        [TrustRefusal.CatalogueChanged] = () => Verify(SealedCatalogue(), new(7, new string('0', 64))).Refusal,
        [TrustRefusal.CatalogueFromFuture] = () => Verify(SealedCatalogue(c => c.CreatedTime = Now.AddMinutes(11).ToTimestamp())).Refusal,
        [TrustRefusal.CatalogueExpired] = () => Verify(SealedCatalogue(), now: Now.AddDays(6)).Refusal,
        [TrustRefusal.CatalogueLifetime] = () => Verify(SealedCatalogue(c => c.ExpiryTime = Now.AddDays(29).AddSeconds(1).ToTimestamp())).Refusal,

        [TrustRefusal.OrderContent] = () => VerifyOrder(SealedOrder(o => o.PlanHash = ByteString.Empty)).Refusal,
        [TrustRefusal.OrderWrongMachine] = () => VerifyOrder(SealedOrder(o => o.MachineId = new string('b', 64))).Refusal,
        [TrustRefusal.OrderWindowNotOpen] = () => VerifyOrder(SealedOrder(), now: Now.AddHours(-1).AddSeconds(-1)).Refusal,
        [TrustRefusal.OrderWindowOver] = () => VerifyOrder(SealedOrder(), now: Now.AddHours(4)).Refusal,
        [TrustRefusal.OrderFromFuture] = () => VerifyOrder(SealedOrder(o => o.CreatedTime = Now.AddMinutes(11).ToTimestamp())).Refusal,
        [TrustRefusal.OrderExpired] = () => VerifyOrder(SealedOrder(), now: Now.AddDays(3)).Refusal,
        [TrustRefusal.OrderHeld] = () => HeldOrder(SealedOrder()),
        [TrustRefusal.OrderOperationNotListed] = () => VerifyOrder(SealedOrder(o => o.SecurityUpdates = new SecurityUpdates())).Refusal,
        [TrustRefusal.OrderPackageNotListed] = () => VerifyOrder(SealedOrder(o => o.UpdatePackages.Names.Add("nmap"))).Refusal,
        [TrustRefusal.OrderPackageDenied] = () => VerifyOrder(SealedOrder(o => o.UpdatePackages.Names.Add("telnet-server"))).Refusal,
        [TrustRefusal.OrderChoiceNotOffered] = () => VerifyOrder(SealedOrder(o => InstallAt(o, 80), Approvers)).Refusal,
        [TrustRefusal.OrderEmergencyNotAllowed] = () => VerifyOrder(SealedOrder(o => InstallInEmergency(o), Approvers)).Refusal,
        [TrustRefusal.OrderRebootNotAllowed] = () => VerifyOrder(SealedOrder(o => o.Reboot = RebootPolicy.IfNeeded)).Refusal,
        [TrustRefusal.OrderNoControllerSignature] = () => VerifyOrder(Change(SealedOrder(null, Approvers), e => e.Signatures.RemoveAt(0))).Refusal,
        [TrustRefusal.OrderTooFewSignatures] = () => VerifyOrder(SealedOrder(Orders.Install)).Refusal,
        [TrustRefusal.OrderSignatureKindNotAccepted] = () => InstalledByPasskey(SealedOrder(Orders.Install)),
        [TrustRefusal.OrderLifetime] = () => VerifyOrder(SealedOrder(o => o.ExpiryTime = Now.AddDays(7).ToTimestamp())).Refusal,
    };

    private static void Rotated(Root root)
    {
        root.Version = 2;
        root.RootKeys = Set(OtherRootKeys);
    }

    private static Refused? ByPasskey(Func<byte[], string, Signature> approve)
    {
        byte[] order = Sign(Sealing.Seal(PayloadTypes.Order, Orders.Good()), Controller);
        return VerifyOrder(Sign(order, approve(order, Authenticator.Challenge(order)))).Refusal;
    }

    private static Refused? HeldOrder(byte[] order) => VerifyOrder(order, held: VerifyOrder(order).Accepted.Id).Refusal;

    private static Refused? InstalledByPasskey(byte[] order) => VerifyOrder(Sign(order, Passkey.Approve(order))).Refusal;

    private static void InstallAt(Order order, int port)
    {
        Orders.Install(order);
        order.InstallPackages.Packages[0].Choices[1].Port = port;
    }

    private static void InstallInEmergency(Order order)
    {
        Orders.Install(order);
        order.EmergencyIncidentId = "1042";
    }
}
