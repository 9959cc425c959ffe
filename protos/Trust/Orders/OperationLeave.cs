using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>What the catalogue's entry of an operation lets an order be, besides the operation itself: an emergency, one with a reboot.</summary>
internal static class OperationLeave
{
    /// <summary>Why not; null when it does. The catalogue lists the order's operation.</summary>
    public static Refused? WhyNot(Order order, TrustedCatalogue catalogue)
    {
        Operation operation = catalogue.Operations[order.Kind()];
        if (order.EmergencyIncidentId.Length > 0 && !operation.Emergency)
            return new(TrustRefusal.OrderEmergencyNotAllowed, $"The catalogue knows no emergency for the operation {order.Kind()}.");
        return order.Reboot != RebootPolicy.Unspecified && !operation.Reboot
            ? new(TrustRefusal.OrderRebootNotAllowed, $"The catalogue lets no reboot follow on the operation {order.Kind()}.")
            : null;
    }
}
