using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>
/// A controller in the hands of a thief: it has every key that is online (its order key, the CA of its certificates), all that was ever
/// signed, and one approver's key file and one catalogue key stolen besides. Each order that it forges is one that this server would carry
/// out, but for what is forged: its plan is kept here.
/// </summary>
/// <param name="plan">A plan of an installation, which two approvers must sign.</param>
/// <param name="other">Another plan of it, that does not hold any more.</param>
/// <param name="done">An order that was carried out.</param>
internal sealed class ThievingController(RunningHelper helper, ByteString plan, ByteString other, byte[] done, Random random) : IDisposable
{
    private readonly PrivateKey _certificateAuthority = PrivateKey.Create();

    private Company Company => helper.Company;

    private PrivateKey Stolen => Company.Approvers[0];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>One of each kind of what it tries with orders.</summary>
    public IEnumerable<Forgery> Orders()
    {
        yield return new("its own signature alone", Sealed(signers: Company.Controller), TrustRefusal.OrderTooFewSignatures);
        yield return new("the stolen approver alone", Sealed(signers: Stolen), TrustRefusal.OrderNoControllerSignature);
        yield return new("one stolen approver where two must sign", Sealed(null, Company.Controller, Stolen), TrustRefusal.OrderTooFewSignatures);
        yield return new("the stolen approver twice", Change(Sealed(null, Company.Controller, Stolen), Twice), TrustRefusal.OrderTooFewSignatures);
        yield return new("the CA's key beside the stolen approver", Sealed(null, Company.Controller, Stolen, _certificateAuthority), TrustRefusal.UnknownKey);
        yield return new("the CA's key under an approver's id", Renamed(_certificateAuthority, Company.Approvers[1]), TrustRefusal.BadSignature);
        yield return new("the stolen key under another approver's id", Renamed(Stolen, Company.Approvers[1]), TrustRefusal.BadSignature, TrustRefusal.OrderTooFewSignatures);
        yield return new("the controller's key under an approver's id", Renamed(Company.Controller, Company.Approvers[1]), TrustRefusal.BadSignature);
        yield return new("signatures of an order that was carried out", Change(Sealed(), e => Replace(e, Opened(done).Signatures)), TrustRefusal.BadSignature);
        yield return new("signatures that changed places", Change(Sealed(), Swap), TrustRefusal.BadSignature);
        yield return new("another plan under the same signatures", Altered(order => order.PlanHash = Any(32)), TrustRefusal.BadSignature);
        yield return new("another id under the same signatures", Altered(order => order.OrderId = Any(16)), TrustRefusal.BadSignature);
        yield return new("later under the same signatures, signed again by what it has", Company.Sign(Altered(order => Move(order, TimeSpan.FromHours(1))), Company.Controller, Stolen), TrustRefusal.BadSignature, TrustRefusal.OrderFromFuture);
        yield return new("another machine's", Sealed(order => order.MachineId = Convert.ToHexStringLower(Any(32).Span)), TrustRefusal.OrderWrongMachine);
        yield return new("after its time", Sealed(order => Move(order, -TimeSpan.FromHours(random.Next(25, 1000)))), TrustRefusal.OrderExpired);
        yield return new("before its time", Sealed(order => Move(order, TimeSpan.FromHours(random.Next(2, 1000)))), TrustRefusal.OrderFromFuture);
        yield return new("after its window", Sealed(order => order.WindowEndTime = Seconds(Now.AddSeconds(-1))), TrustRefusal.OrderWindowOver);
        yield return new("before its window", Sealed(order => order.WindowStartTime = Seconds(Now.AddMinutes(random.Next(1, 100)))), TrustRefusal.OrderWindowNotOpen);
        yield return new("for a year", Sealed(order => order.ExpiryTime = Seconds(Now.AddDays(random.Next(8, 365)))), TrustRefusal.OrderLifetime);
        yield return new("an emergency where there is none", Sealed(order => order.EmergencyIncidentId = $"{random.Next()}"), TrustRefusal.OrderEmergencyNotAllowed);
        yield return new("a reboot where there is none", Sealed(order => order.Reboot = RebootPolicy.Always), TrustRefusal.OrderRebootNotAllowed);
        yield return new("a package that is not listed", Sealed(order => order.InstallPackages.Packages[0].Name = $"evil-{random.Next()}"), TrustRefusal.OrderPackageNotListed);
        yield return new("a package that is denied", Sealed(order => order.InstallPackages.Packages[0].Name = "denied"), TrustRefusal.OrderPackageDenied);
        yield return new("an operation that is not listed", Sealed(order => order.SecurityUpdates = new SecurityUpdates()), TrustRefusal.OrderOperationNotListed);
        yield return new("a choice that is not offered", Sealed(order => order.InstallPackages.Packages[0].Choices.Add(new PackageChoice { Port = random.Next(1, 65535) })), TrustRefusal.OrderChoiceNotOffered);
        yield return new("another order under an id that was carried out", Sealed(order => order.OrderId = Read(done).OrderId), TrustRefusal.OrderHeld);
        yield return new("bytes that could be read in two ways", Change(Sealed(), e => e.Payload = ByteString.CopyFrom([.. e.Payload.Span, .. new Order { ServerCount = 1 }.ToByteArray()])));
        yield return new("a field that nobody knows", [.. Sealed(), 0x78, (byte)random.Next(128)]);
        yield return new("an order as a catalogue", Change(Sealed(), e => e.PayloadType = PayloadTypes.Catalogue));
        yield return new("any bytes", Any(random.Next(1, 4000)).ToByteArray());
        yield return new("a plan that was never made", Sealed(order => order.PlanHash = Any(32))) { Failure = OrderFailure.PlanLost };
        yield return new("a plan for something else", Sealed(order => order.InstallPackages = new InstallPackages { Packages = { new PackageInstall { Name = "tool" } } })) { Failure = OrderFailure.PlanChanged };
        yield return new("a plan that changed", Company.Sign(Sealing.Seal(PayloadTypes.Order, PlannedOrder.Of(other, Now)), [Company.Controller, .. Company.Approvers])) { Failure = OrderFailure.PlanChanged };
    }

    /// <summary>One of each kind of what it tries with catalogues; the first version is held.</summary>
    public IEnumerable<Forgery> Catalogues()
    {
        yield return new("one stolen key where two must sign", Company.Catalogue(2, Evil, signers: 1), TrustRefusal.CatalogueTooFewSignatures);
        yield return new("the controller's and the approvers' keys beside it", Company.Sign(Company.Catalogue(2, Evil, signers: 1), [Company.Controller, .. Company.Approvers]), TrustRefusal.UnknownKey);
        yield return new("the CA's key beside it", Company.Sign(Company.Catalogue(2, Evil, signers: 1), _certificateAuthority), TrustRefusal.UnknownKey);
        yield return new("signatures that changed places", Change(Company.Catalogue(2), Swap), TrustRefusal.BadSignature);
        yield return new("another content under the same signatures", Change(Company.Catalogue(2), AddPackage), TrustRefusal.BadSignature);
        yield return new("another catalogue of the version that is held", Company.Catalogue(1, Evil), TrustRefusal.CatalogueChanged);
        yield return new("one that has expired", Company.Catalogue(2, now: Now.AddDays(-random.Next(8, 300))), TrustRefusal.CatalogueExpired);
        yield return new("one of tomorrow", Company.Catalogue(2, now: Now.AddDays(random.Next(1, 300))), TrustRefusal.CatalogueFromFuture);
        yield return new("one for a year", Company.Catalogue(2, c => c.ExpiryTime = Seconds(Now.AddDays(random.Next(31, 365)))), TrustRefusal.CatalogueLifetime);
        yield return new("an order as a catalogue", Sealed(), TrustRefusal.WrongPayloadType);
        yield return new("any bytes", Any(random.Next(1, 4000)).ToByteArray(), TrustRefusal.Malformed, TrustRefusal.UnknownField, TrustRefusal.NotCanonical);
    }

    public void Dispose() => _certificateAuthority.Dispose();

    private byte[] Sealed(Action<Order>? change = null, params IReadOnlyList<PrivateKey> signers)
    {
        Order order = PlannedOrder.Of(plan, Now);
        change?.Invoke(order);
        return Company.Sign(Sealing.Seal(PayloadTypes.Order, order), signers.Count > 0 ? signers : [Company.Controller, .. Company.Approvers]);
    }

    private byte[] Altered(Action<Order> change) => Change(Sealed(), envelope =>
    {
        Order order = Order.Parser.ParseFrom(envelope.Payload);
        change(order);
        envelope.Payload = order.ToByteString();
    });

    private byte[] Renamed(PrivateKey from, PrivateKey to)
    {
        byte[] envelope = Sealed(null, (PrivateKey[])[Company.Controller, .. from == Company.Controller ? [] : (PrivateKey[])[from]]);
        return Change(envelope, e =>
        {
            Signature renamed = e.Signatures.Single(signature => signature.KeyId == from.PublicKey.Id).Clone();
            renamed.KeyId = to.PublicKey.Id;
            e.Signatures.Add(renamed);
            if (from == _certificateAuthority)
                e.Signatures.RemoveAt(1);
        });
    }

    private void Evil(Catalogue catalogue) => catalogue.Approvers[1].Key = new SigningKey
    {
        KeyId = _certificateAuthority.PublicKey.Id,
        PublicKey = ByteString.CopyFrom(_certificateAuthority.PublicKey.Encoded.Span),
        Name = "Bruno",
    };

    private static void AddPackage(Envelope envelope)
    {
        Catalogue catalogue = Catalogue.Parser.ParseFrom(envelope.Payload);
        catalogue.DeniedPackages.Clear();
        catalogue.Version++;
        envelope.Payload = catalogue.ToByteString();
    }

    private static Envelope Opened(byte[] envelope) => Envelope.Parser.ParseFrom(envelope);

    private static Order Read(byte[] envelope) => Order.Parser.ParseFrom(Opened(envelope).Payload);

    private static byte[] Change(byte[] bytes, Action<Envelope> change)
    {
        Envelope envelope = Opened(bytes);
        change(envelope);
        return envelope.ToByteArray();
    }

    private static void Twice(Envelope envelope) => envelope.Signatures.Add(envelope.Signatures[^1].Clone());

    private static void Swap(Envelope envelope) =>
        (envelope.Signatures[0].Signature_, envelope.Signatures[1].Signature_) = (envelope.Signatures[1].Signature_, envelope.Signatures[0].Signature_);

    private static void Replace(Envelope envelope, IEnumerable<Signature> signatures)
    {
        Signature[] others = [.. signatures];
        envelope.Signatures.Clear();
        envelope.Signatures.Add(others);
    }

    private static void Move(Order order, TimeSpan by)
    {
        order.CreatedTime = Seconds(order.CreatedTime.ToDateTimeOffset() + by);
        order.ExpiryTime = Seconds(order.ExpiryTime.ToDateTimeOffset() + by);
        order.WindowStartTime = Seconds(order.WindowStartTime.ToDateTimeOffset() + by);
        order.WindowEndTime = Seconds(order.WindowEndTime.ToDateTimeOffset() + by);
    }

    private ByteString Any(int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }

    private static Timestamp Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()).ToTimestamp();
}
