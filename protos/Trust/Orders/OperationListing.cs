using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>Whether the catalogue lists an operation with all that it names, before there is an order for it.</summary>
public static class OperationListing
{
    /// <summary>Why not; null when it does.</summary>
    /// <param name="operation">Of which the operation alone is looked at.</param>
    public static Refused? WhyNot(Order operation, TrustedCatalogue catalogue)
    {
        Faults faults = new();
        OrderedOperationRules.Find(operation, faults);
        if (faults.AsRefusal(TrustRefusal.OrderContent) is { } refusal)
            return refusal;
        return catalogue.Operations.ContainsKey(operation.Kind())
            ? ListedPackages.WhyNot(operation, catalogue)
            : new(TrustRefusal.OrderOperationNotListed, $"The catalogue does not list the operation {operation.Kind()}.");
    }
}
