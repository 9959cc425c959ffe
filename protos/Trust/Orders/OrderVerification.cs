using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Signatures;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>
/// Whether a server may carry an order out (DESIGN 4): root and catalogue count now; machine, expiry, window; an id that is not held;
/// an operation and packages that the catalogue lists; signatures, by number and kind. That the plan is still the one that was
/// approved is for whoever makes it again.
/// </summary>
public static class OrderVerification
{
    /// <summary>Verifies an order.</summary>
    public static Judged<VerifiedOrder> Verify(TrustedCatalogue catalogue, ReadOnlySpan<byte> envelope, OrderReceiver receiver)
    {
        Judged<OpenedEnvelope> opened = OpenedEnvelope.Open(envelope, PayloadTypes.Order);
        if ((catalogue.WhyNot(receiver.Now) ?? opened.Refusal) is { } refusal)
            return refusal;
        Judged<Order> read = ExactBytes.Read(Order.Parser, opened.Accepted.Payload.Span);
        if (read.Refusal is { } unreadable)
            return unreadable;
        Faults faults = new();
        OrderTimes? times = OrderRules.Find(read.Accepted, faults);
        VerifiedOrder order = new(read.Accepted, opened.Accepted.Sha256);
        Refused? refused = faults.AsRefusal(TrustRefusal.OrderContent) ?? WhyNotHere(order, receiver) ?? times!.WhyNot(receiver.Now) ?? WhyHeld(order, receiver)
            ?? WhyNotListed(order.Content, catalogue) ?? WhyNotSigned(order.Content, opened.Accepted, catalogue);
        return refused is not null ? refused : order;
    }

    private static Refused? WhyNotHere(VerifiedOrder order, OrderReceiver receiver) => order.Content.MachineId == receiver.MachineId
        ? null
        : new(TrustRefusal.OrderWrongMachine, $"The order is for the machine {order.Content.MachineId}; this is {receiver.MachineId}.");

    private static Refused? WhyHeld(VerifiedOrder order, OrderReceiver receiver) => receiver.HeldOrderIds.Contains(order.Id)
        ? new(TrustRefusal.OrderHeld, $"The order {order.Id} came before.")
        : null;

    private static Refused? WhyNotListed(Order order, TrustedCatalogue catalogue) => catalogue.Operations.ContainsKey(order.Kind())
        ? OperationLeave.WhyNot(order, catalogue) ?? ListedPackages.WhyNot(order, catalogue)
        : new(TrustRefusal.OrderOperationNotListed, $"The catalogue does not list the operation {order.Kind()}.");

    private static Refused? WhyNotSigned(Order order, OpenedEnvelope envelope, TrustedCatalogue catalogue)
    {
        Dictionary<string, ListedKey> listed = new(catalogue.Approvers);
        foreach ((string id, ListedKey key) in catalogue.Controllers)
            listed[id] = key;
        Judged<Signers> signers = Signers.Of(envelope, listed, catalogue.Content.Passkeys);
        return signers.Refusal ?? SignatureNeed.Of(catalogue.Operations[order.Kind()], order).WhyNot(signers.Accepted, catalogue);
    }
}
