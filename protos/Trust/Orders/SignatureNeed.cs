using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Signatures;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>How many approvers' signatures an order needs, and of which kinds.</summary>
/// <param name="Count">Of different keys.</param>
/// <param name="Kinds">Those that count.</param>
public sealed record SignatureNeed(int Count, IReadOnlyCollection<SignatureKind> Kinds)
{
    /// <summary>A request for more servers than this is never let off with one signature, but in an emergency.</summary>
    public const int MostServersForOne = 10;

    /// <summary>What the catalogue's entry asks for this order.</summary>
    public static SignatureNeed Of(Operation operation, Order order)
    {
        bool isEmergency = operation.Emergency && order.EmergencyIncidentId.Length > 0;
        bool isAsked = operation.Routine || (operation.CustomerRequest && order.Origin == RequestOrigin.Customer);
        bool oneIsEnough = isEmergency || (isAsked && order.ServerCount <= MostServersForOne);
        return new(oneIsEnough ? Math.Min(operation.SignatureCount, 1) : operation.SignatureCount, operation.SignatureKinds);
    }

    /// <summary>Why these signers are not enough; null when they are.</summary>
    internal Refused? WhyNot(Signers signers, TrustedCatalogue catalogue)
    {
        if (signers.CountOf(catalogue.Controllers) == 0)
            return new(TrustRefusal.OrderNoControllerSignature, "No controller that the catalogue lists has signed the order.");
        List<ListedKey> approvers = [.. signers.All.Where(key => catalogue.Approvers.ContainsKey(key.Key.Id))];
        int counted = approvers.Count(key => Kinds.Contains(key.Kind));
        if (counted >= Count)
            return null;
        string words = $"{counted} approvers have signed in a way that counts; {Count} must ({string.Join(" or ", Kinds)}).";
        return new(approvers.Count >= Count ? TrustRefusal.OrderSignatureKindNotAccepted : TrustRefusal.OrderTooFewSignatures, words);
    }
}
