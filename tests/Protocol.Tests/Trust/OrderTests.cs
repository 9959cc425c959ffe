using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>An order counts once, on one machine, in its window, with the signatures that the catalogue wants for its operation.</summary>
public sealed class OrderTests
{
    [Fact]
    public void Orders_with_the_signatures_that_they_need_are_accepted()
    {
        Reason(SealedOrder()).ShouldBeNull();
        Reason(SealedOrder(Orders.Install, Approvers)).ShouldBeNull();
        Reason(SealedOrder(Orders.Undo, Approvers)).ShouldBeNull();
        Reason(Sign(Sealing.Seal(PayloadTypes.Order, Changed(Orders.Locate)), Controller)).ShouldBeNull();
    }

    [Fact]
    public void A_passkey_counts_beside_a_key_file_where_the_catalogue_says()
    {
        byte[] order = SealedOrder(o => o.ServerCount = 11);
        Reason(order).ShouldBe(TrustRefusal.OrderTooFewSignatures);
        Reason(Sign(order, Passkey.Approve(order))).ShouldBeNull();
    }

    [Fact]
    public void One_approver_who_signs_twice_counts_once()
    {
        byte[] once = SealedOrder(Orders.Install);
        byte[] twice = Change(once, e => e.Signatures.Add(Open(Sign(once, Approvers[0])).Signatures[1]));

        Open(twice).Signatures.Count.ShouldBe(3);
        Reason(twice).ShouldBe(TrustRefusal.OrderTooFewSignatures);
    }

    [Fact]
    public void A_controller_is_no_approver_and_an_approver_no_controller()
    {
        Reason(Sign(Sealing.Seal(PayloadTypes.Order, Orders.Good()), Controller)).ShouldBe(TrustRefusal.OrderTooFewSignatures);
        Reason(Sign(Sealing.Seal(PayloadTypes.Order, Orders.Good()), Approvers)).ShouldBe(TrustRefusal.OrderNoControllerSignature);
    }

    [Theory]
    // What an operation that wants two wants, by its marks and by what the order says of itself.
    [InlineData(2, false, false, false, RequestOrigin.Technician, 1, "")]
    [InlineData(1, true, false, false, RequestOrigin.Technician, 10, "")]
    [InlineData(2, true, false, false, RequestOrigin.Technician, 11, "")]
    [InlineData(1, false, true, false, RequestOrigin.Customer, 10, "")]
    [InlineData(2, false, true, false, RequestOrigin.Customer, 11, "")]
    [InlineData(2, false, true, false, RequestOrigin.Technician, 1, "")]
    [InlineData(2, false, false, false, RequestOrigin.Customer, 1, "")]
    [InlineData(1, false, false, true, RequestOrigin.Technician, 11, "1042")]
    [InlineData(2, false, false, true, RequestOrigin.Technician, 1, "")]
    [InlineData(2, false, false, false, RequestOrigin.Technician, 1, "1042")]
    public void Marks_of_the_catalogue_let_an_order_off_with_one(
        int needed, bool routine, bool customerRequest, bool emergency, RequestOrigin origin, int servers, string incident)
    {
        Operation operation = new()
        {
            Kind = OperationKind.Undo,
            SignatureCount = 2,
            SignatureKinds = { SignatureKind.KeyFile },
            Routine = routine,
            CustomerRequest = customerRequest,
            Emergency = emergency,
        };
        Order order = new() { Origin = origin, ServerCount = servers, EmergencyIncidentId = incident };

        SignatureNeed.Of(operation, order).Count.ShouldBe(needed);
    }

    [Fact]
    public void No_mark_asks_for_more_than_the_operation_does() =>
        SignatureNeed.Of(new Operation { Routine = true }, new Order { ServerCount = 1 }).Count.ShouldBe(0);

    [Fact]
    public void An_emergency_needs_one_signature_where_it_is_marked() =>
        Reason(SealedOrder(o =>
        {
            Orders.Undo(o);
            o.EmergencyIncidentId = "1042";
        })).ShouldBeNull();

    [Theory]
    [InlineData(RebootPolicy.IfNeeded)]
    [InlineData(RebootPolicy.Always)]
    public void A_reboot_may_be_asked_for_where_it_is_marked(RebootPolicy reboot)
    {
        Reason(SealedOrder(o =>
        {
            Orders.Undo(o);
            o.Reboot = reboot;
        }, Approvers)).ShouldBeNull();
        Reason(SealedOrder(o => o.Reboot = reboot)).ShouldBe(TrustRefusal.OrderRebootNotAllowed);
    }

    [Fact]
    public void An_order_after_its_catalogue_or_root_expired_is_refused_for_that() =>
        VerifyOrder(SealedOrder(), now: Now.AddDays(7)).Refusal!.Reason.ShouldBe(TrustRefusal.CatalogueExpired);

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_does_not_hold_is_told_with_its_place(string path, Action<Order> breakIt)
    {
        Order order = Changed(breakIt);

        OrderRules.Find(order).Select(fault => fault.Path).ShouldContain(path);
        VerifyOrder(Sign(Sealing.Seal(PayloadTypes.Order, order), [Controller, .. Approvers])).Refusal!.Reason.ShouldBe(TrustRefusal.OrderContent);
    }

    public static TheoryData<string, Action<Order>> Broken => new()
    {
        { "orderId", o => o.OrderId = ByteString.CopyFrom(new byte[15]) },
        { "machineId", o => o.MachineId = Machine.ToUpperInvariant() },
        { "createdTime", o => o.CreatedTime = null },
        { "expiryTime", o => o.ExpiryTime = o.CreatedTime },
        { "windowEndTime", o => o.WindowEndTime = o.WindowStartTime },
        { "windowEndTime", o => o.WindowEndTime = Now.AddDays(3).AddSeconds(1).ToTimestamp() },
        { "windowStartTime", o => o.WindowStartTime = null },
        { "planHash", o => o.PlanHash = ByteString.CopyFrom(new byte[31]) },
        { "packageStateHash", o => o.PackageStateHash = ByteString.Empty },
        { "planHash", o => o.LocateDisk = new LocateDisk { SerialNumber = "X" } },
        { "origin", o => o.Origin = RequestOrigin.Unspecified },
        { "origin", o => o.Origin = (RequestOrigin)7 },
        { "serverCount", o => o.ServerCount = 0 },
        { "serverCount", o => o.ServerCount = -1 },
        { "emergencyIncidentId", o => o.EmergencyIncidentId = "1042; rm" },
        { "reboot", o => o.Reboot = (RebootPolicy)3 },
        { "", o => o.ClearOperation() },
        { "updatePackages.names", o => o.UpdatePackages.Names.Clear() },
        { "updatePackages.names", o => o.UpdatePackages.Names.Add(Enumerable.Range(0, 100).Select(i => $"p{i}")) },
        { "updatePackages.names[0]", o => o.UpdatePackages.Names[0] = "--setopt=tsflags=test" },
        { "updatePackages.names[2]", o => o.UpdatePackages.Names.Add("httpd") },
        { "installPackages.packages[0].name", o => Installed(o).Name = "https://evil.example/x.rpm" },
        { "installPackages.packages[0].choices[1]", o => Installed(o).Choices[1].Port = 0 },
        { "installPackages.packages[0].choices[2]", o => Installed(o).Choices[2].DocumentRoot = "/var/www/$(id)" },
        { "installPackages.packages[0].choices[3]", o => Installed(o).Choices.Add(new PackageChoice { Port = 8081 }) },
        { "installPackages.packages[0].choices[0]", o => Installed(o).Choices[0].ClearChoice() },
        { "locateDisk.serialNumber", o => o.LocateDisk = new LocateDisk { SerialNumber = "a b" } },
        { "selfTest.serialNumber", o => o.SelfTest = new SelfTest() },
        { "undo.orderId", o => o.Undo = new Undo() },
    };

    private static PackageInstall Installed(Order order)
    {
        Orders.Install(order);
        return order.InstallPackages.Packages[0];
    }

    private static Order Changed(Action<Order> change)
    {
        Order order = Orders.Good();
        change(order);
        return order;
    }

    private static TrustRefusal? Reason(byte[] envelope) => VerifyOrder(envelope).Refusal?.Reason;
}
