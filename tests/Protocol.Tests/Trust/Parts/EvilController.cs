using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust.Parts;

/// <summary>
/// A controller in the hands of a thief: it has the controller's key, every order and catalogue that was ever signed, and one stolen
/// approver's and one stolen catalogue key. Each of its forgeries is meant to be carried out.
/// </summary>
internal sealed class EvilController(Random random)
{
    private static readonly PrivateKey StolenApprover = Approvers[1];
    private static readonly PrivateKey StolenCatalogueKey = CatalogueKeys[2];

    /// <summary>What it tries with orders, by name.</summary>
    public IReadOnlyList<(string Name, Func<byte[]> Forge)> OrderForgeries =>
    [
        ("its own signature alone", () => Sign(Sealing.Seal(PayloadTypes.Order, Any()), Controller)),
        ("one stolen approver where two must sign", () => SealedOrder(Demanding(), StolenApprover)),
        ("one stolen approver, twice", () => Twice(SealedOrder(Demanding(), StolenApprover))),
        ("a stranger beside the stolen approver", () => SealedOrder(Demanding(), StolenApprover, Stranger)),
        ("a stranger under an approver's id", () => Renamed(SealedOrder(Demanding(), StolenApprover, Stranger), Stranger, Approvers[0])),
        ("the controller under an approver's id", () => Renamed(SealedOrder(Demanding(), StolenApprover, Stranger), Stranger, Controller)),
        ("signatures of another order", () => WithSignaturesOf(SealedOrder(Demanding(), Approvers), SealedOrder(Demanding(), Approvers))),
        ("signatures that changed places", () => Change(SealedOrder(Demanding(), Approvers), Swap)),
        ("another payload under the same signatures", () => Altered(SealedOrder(Demanding(), Approvers))),
        ("another payload, signed again by what it has", () => Sign(Altered(SealedOrder(Demanding(), Approvers)), Controller, StolenApprover)),
        ("an order for another machine", () => SealedOrder(o => o.MachineId = Hex(32), Approvers)),
        ("an order after its time", () => SealedOrder(o => Move(o, TimeSpan.FromHours(-random.Next(4 * 24, 1000))), Approvers)),
        ("an order before its time", () => SealedOrder(o => Move(o, TimeSpan.FromHours(random.Next(2, 1000))), Approvers)),
        ("an order for a year", () => SealedOrder(o => o.ExpiryTime = Now.AddDays(random.Next(7, 365)).ToTimestamp(), Approvers)),
        ("an emergency where there is none", () => SealedOrder(o => Urgent(o), Approvers)),
        ("a reboot where there is none", () => SealedOrder(o => o.Reboot = (RebootPolicy)random.Next(1, 4), Approvers)),
        ("a reboot under the same signatures", () => Change(SealedOrder(null, Approvers), Rebooted)),
        ("a package that is not listed", () => SealedOrder(o => o.UpdatePackages.Names.Add($"evil-{Hex(4)}"), Approvers)),
        ("a package by another name", () => SealedOrder(o => o.UpdatePackages.Names[0] = Odd(), Approvers)),
        ("an operation that is not listed", () => SealedOrder(o => o.SecurityUpdates = new SecurityUpdates(), Approvers)),
        ("a passkey's sign-in", () => BySignIn(Sign(Sealing.Seal(PayloadTypes.Order, Orders.Good()), Controller))),
        ("a passkey where a key file must sign", () => ByPasskey(SealedOrder(Orders.Undo, StolenApprover))),
        ("bytes that could be read in two ways", () => TwoWays(SealedOrder(Demanding(), Approvers))),
    ];

    /// <summary>What it tries with catalogues, by name. Version 7 is held.</summary>
    public IReadOnlyList<(string Name, Func<byte[]> Forge)> CatalogueForgeries =>
    [
        ("one stolen key where two must sign", () => SealedCatalogue(Evil, StolenCatalogueKey)),
        ("one stolen key, twice", () => Twice(SealedCatalogue(Evil, StolenCatalogueKey))),
        ("a stranger beside the stolen key", () => SealedCatalogue(Evil, StolenCatalogueKey, Stranger)),
        ("a stranger under a listed id", () => Renamed(SealedCatalogue(Evil, StolenCatalogueKey, Stranger), Stranger, CatalogueKeys[0])),
        ("approvers' and controllers' signatures", () => SealedCatalogue(Evil, [Controller, .. Approvers])),
        ("an older catalogue", () => SealedCatalogue(c => c.Version = random.Next(1, 7))),
        ("another catalogue of the version that is held", () => SealedCatalogue(c => c.Packages[0].Versions = new VersionRange { AtLeast = $"2.{random.Next(9)}" })),
        ("a catalogue that has expired", () => SealedCatalogue(c => Age(c, random.Next(7, 300)))),
        ("a catalogue for a year", () => SealedCatalogue(c => (c.Version, c.ExpiryTime) = (8, Now.AddDays(random.Next(30, 365)).ToTimestamp()))),
        ("another payload under the same signatures", () => AlteredCatalogue(SealedCatalogue(c => c.Version = 8))),
        ("signatures of another catalogue", () => WithSignaturesOf(SealedCatalogue(Evil, StolenCatalogueKey), SealedCatalogue())),
        ("signatures that changed places", () => Change(SealedCatalogue(c => c.Version = 8), Swap)),
    ];

    private static void Evil(Catalogue catalogue)
    {
        catalogue.Version = 8;
        catalogue.Approvers[0].Key = Listed(Stranger, "Alice");
    }

    private Order Any()
    {
        Order order = Orders.Good();
        Demanding()(order);
        return order;
    }

    private Action<Order> Demanding() => random.Next(2) == 0 ? Orders.Install : Orders.Undo;

    private byte[] Altered(byte[] envelope) => Change(envelope, e =>
    {
        Order order = Order.Parser.ParseFrom(e.Payload);
        if (random.Next(2) == 0)
            order.PlanHash = ByteString.CopyFrom(Bytes(32));
        else
            order.InstallPackages = new InstallPackages { Packages = { new PackageInstall { Name = "httpd" } } };
        e.Payload = order.ToByteString();
    });

    private byte[] AlteredCatalogue(byte[] envelope) => Change(envelope, e =>
    {
        Catalogue catalogue = Catalogue.Parser.ParseFrom(e.Payload);
        catalogue.Packages.Add(new Package { Name = $"evil-{Hex(4)}", RepositoryId = "haisoft-el9" });
        e.Payload = catalogue.ToByteString();
    });

    private static void Rebooted(Envelope envelope)
    {
        Order order = Order.Parser.ParseFrom(envelope.Payload);
        order.Reboot = RebootPolicy.Always;
        envelope.Payload = order.ToByteString();
    }

    private static byte[] Twice(byte[] envelope) => Change(envelope, e => e.Signatures.Add(e.Signatures[^1].Clone()));

    private static byte[] Renamed(byte[] envelope, PrivateKey from, PrivateKey to) =>
        Change(envelope, e => e.Signatures.Single(signature => signature.KeyId == from.PublicKey.Id).KeyId = to.PublicKey.Id);

    private static byte[] WithSignaturesOf(byte[] envelope, byte[] other) => Change(envelope, e =>
    {
        e.Signatures.Clear();
        e.Signatures.Add(Open(other).Signatures);
    });

    private static void Swap(Envelope envelope) =>
        (envelope.Signatures[0].Signature_, envelope.Signatures[1].Signature_) = (envelope.Signatures[1].Signature_, envelope.Signatures[0].Signature_);

    private static void Move(Order order, TimeSpan by)
    {
        order.CreatedTime = (order.CreatedTime.ToDateTimeOffset() + by).ToTimestamp();
        order.ExpiryTime = (order.ExpiryTime.ToDateTimeOffset() + by).ToTimestamp();
        order.WindowStartTime = (order.WindowStartTime.ToDateTimeOffset() + by).ToTimestamp();
        order.WindowEndTime = (order.WindowEndTime.ToDateTimeOffset() + by).ToTimestamp();
    }

    private static void Age(Catalogue catalogue, int days) =>
        (catalogue.Version, catalogue.CreatedTime, catalogue.ExpiryTime) = (8, Now.AddDays(-days - 7).ToTimestamp(), Now.AddDays(-days).ToTimestamp());

    private void Urgent(Order order)
    {
        Orders.Install(order);
        order.EmergencyIncidentId = Hex(4);
    }

    private string Odd() => ((string[])["httpd*", "-y", "httpd-2.4", "/tmp/x.rpm", "@web", "httpd httpd", "httpd\0", "ｈttpd"])[random.Next(8)];

    private static byte[] BySignIn(byte[] order)
    {
        string challenge = System.Buffers.Text.Base64Url.EncodeToString(HaiSoft.Protocol.Trust.Passkeys.PasskeyChallenge.ForSignIn(Open(order).Payload.Span));
        return Sign(order, Passkey.Sign(Authenticator.Client(challenge)));
    }

    private static byte[] ByPasskey(byte[] order) => Sign(order, Passkey.Approve(order));

    private byte[] TwoWays(byte[] envelope) => random.Next(3) switch
    {
        0 => [.. envelope, 0x78, (byte)random.Next(128)],
        1 => [.. envelope, .. new Envelope { PayloadType = PayloadTypes.Order }.ToByteArray()],
        _ => Change(envelope, e => e.Payload = ByteString.CopyFrom([.. e.Payload.Span, .. new Order { MachineId = Machine }.ToByteArray()])),
    };

    private string Hex(int bytes) => Convert.ToHexStringLower(Bytes(bytes));

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
