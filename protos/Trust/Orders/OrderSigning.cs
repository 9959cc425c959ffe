using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Signatures;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>How far approvers have signed an order, by the rules that servers judge it by; before a controller has.</summary>
/// <param name="Need">What the catalogue asks for.</param>
/// <param name="Signers">Listed approvers whose signature is right, each key once.</param>
public sealed record OrderSigning(SignatureNeed Need, IReadOnlyCollection<ListedKey> Signers)
{
    /// <summary>How many more keys must sign, of a kind that counts.</summary>
    public int Missing => Math.Max(0, Need.Count - Signers.Count(key => Need.Kinds.Contains(key.Kind)));

    /// <summary>Judges an order's signatures; one that is not right refuses all.</summary>
    /// <param name="envelope">Approvers' signatures alone.</param>
    /// <param name="order">What the envelope says.</param>
    public static Judged<OrderSigning> Of(TrustedCatalogue catalogue, OpenedEnvelope envelope, Order order)
    {
        if (WhyNotListed(order, catalogue) is { } notListed)
            return notListed;
        Judged<Signers> signers = Signatures.Signers.Of(envelope, catalogue.Approvers, catalogue.Content.Passkeys);
        return signers.Refusal is { } refusal
            ? refusal
            : new OrderSigning(SignatureNeed.Of(catalogue.Operations[order.Kind()], order), signers.Accepted.All);
    }

    /// <summary>Why the catalogue does not list an order's operation with all that it names; null when it does.</summary>
    public static Refused? WhyNotListed(Order order, TrustedCatalogue catalogue) =>
        OperationListing.WhyNot(order, catalogue) ?? OperationLeave.WhyNot(order, catalogue);
}
