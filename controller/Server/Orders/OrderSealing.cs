using Google.Protobuf;
using HaiSoft.Controller.Catalogues;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Orders;

/// <summary>
/// Judges how far an order is signed by the catalogue that is published now, and seals it for its server. Signatures of keys that the
/// catalogue does not list any more are left out: they do not count, and a server would refuse the whole for them.
/// </summary>
internal sealed class OrderSealing(PublishedCatalogues published, OrderKey key)
{
    /// <summary>The catalogue that counts now, and lists this controller; or why there is none.</summary>
    public async Task<Judged<TrustedCatalogue>> CatalogueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        PublishedTrust current = await published.CurrentAsync(cancellationToken);
        Judged<TrustedCatalogue> judged = current.TrustedAt(now);
        if (judged.Refusal is null && !judged.Accepted.Controllers.ContainsKey(key.Public.KeyId))
        {
            return new Refused(
                TrustRefusal.OrderNoControllerSignature,
                "The catalogue does not list this controller's key: haisoftctl catalogue controller-key writes it, to be listed in the next catalogue.");
        }

        return judged;
    }

    /// <summary>How far an order is signed.</summary>
    /// <param name="payload">The order's exact bytes.</param>
    /// <param name="signatures">Those that came.</param>
    /// <param name="catalogue">What counts.</param>
    public static Judged<SignedOrder> Judge(ReadOnlyMemory<byte> payload, IEnumerable<Signature> signatures, TrustedCatalogue catalogue)
    {
        Order order = Order.Parser.ParseFrom(payload.Span);
        if (OrderSigning.WhyNotListed(order, catalogue) is { } notListed)
            return notListed;
        Envelope envelope = new() { PayloadType = PayloadTypes.Order, Payload = ByteString.CopyFrom(payload.Span) };
        envelope.Signatures.Add(signatures.Where(signature => Counts(payload, signature, order, catalogue)));
        OpenedEnvelope opened = OpenedEnvelope.Open(envelope.ToByteArray()).Accepted;
        return new SignedOrder(opened, order, OrderSigning.Of(catalogue, opened, order).Accepted);
    }

    /// <summary>Why a signature does not count for an order; null when it does.</summary>
    public static Refused? WhyNot(ReadOnlyMemory<byte> payload, Signature signature, Order order, TrustedCatalogue catalogue)
    {
        Envelope envelope = new() { PayloadType = PayloadTypes.Order, Payload = ByteString.CopyFrom(payload.Span), Signatures = { signature } };
        Judged<OpenedEnvelope> opened = OpenedEnvelope.Open(envelope.ToByteArray(), PayloadTypes.Order);
        if (opened.Refusal is { } tooLarge)
            return tooLarge;
        Judged<OrderSigning> signing = OrderSigning.Of(catalogue, opened.Accepted, order);
        if (signing.Refusal is { } refusal)
            return refusal;
        return signing.Accepted.Need.Kinds.Contains(signature.Kind)
            ? null
            : new(
                TrustRefusal.OrderSignatureKindNotAccepted,
                $"This kind of signature does not count for this operation: it takes {string.Join(" or ", signing.Accepted.Need.Kinds)}.");
    }

    /// <summary>The order with all its signatures, judged as its server will now; or why that would refuse it.</summary>
    public async Task<Judged<byte[]>> SealAsync(
        OperationRow row, IEnumerable<Signature> signatures, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Judged<TrustedCatalogue> catalogue = await CatalogueAsync(now, cancellationToken);
        if (catalogue.Refusal is { } none)
            return none;
        Judged<SignedOrder> signed = Judge(row.Payload, signatures, catalogue.Accepted);
        if (signed.Refusal is { } refusal)
            return refusal;
        byte[] envelope = key.Sign(signed.Accepted.Envelope);
        OrderReceiver receiver = new(signed.Accepted.Order.MachineId, new HashSet<string>(), now);
        return OrderVerification.Verify(catalogue.Accepted, envelope, receiver).Refusal is { } wouldBe ? wouldBe : envelope;
    }

    private static bool Counts(ReadOnlyMemory<byte> payload, Signature signature, Order order, TrustedCatalogue catalogue) =>
        WhyNot(payload, signature, order, catalogue) is null;
}

/// <summary>An order as far as approvers have signed it.</summary>
/// <param name="Envelope">With the signatures that count.</param>
/// <param name="Order">What it says.</param>
/// <param name="Signing">Who signed, and how many more must.</param>
internal sealed record SignedOrder(OpenedEnvelope Envelope, Order Order, OrderSigning Signing);
