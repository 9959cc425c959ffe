using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>What must hold for what an order says, whatever the catalogue lists.</summary>
public static class OrderRules
{
    /// <summary>How many random bytes an order's id has.</summary>
    public const int IdLength = 16;

    internal static readonly LifetimeRule Lifetime = new(
        "order", TimeSpan.FromDays(7), TrustRefusal.OrderLifetime, TrustRefusal.OrderFromFuture, TrustRefusal.OrderExpired);

    private const int HashLength = 32;
    private const int MostServers = 100_000;

    /// <summary>Everything that is wrong with it.</summary>
    public static IReadOnlyList<Fault> Find(Order order)
    {
        Faults faults = new();
        if (Find(order, faults)?.Lifetime.WhyTooLong(Lifetime) is { } tooLong)
            faults.Add("expiryTime", tooLong.Words);
        return faults.Found;
    }

    /// <returns>When it counts and when it may be begun; null when that is one of the faults.</returns>
    internal static OrderTimes? Find(Order order, Faults faults)
    {
        faults.Unless(order.OrderId.Length == IdLength, "orderId", $"is not {IdLength} bytes.");
        faults.Unless(Words.IsSha256(order.MachineId), "machineId", "is not 64 lower-case hexadecimal digits.");
        int hash = OperationRules.IsPlanned(order.Kind()) ? HashLength : 0;
        faults.Unless(order.PlanHash.Length == hash, "planHash", $"is not {hash} bytes.");
        faults.Unless(order.PackageStateHash.Length == hash, "packageStateHash", $"is not {hash} bytes.");
        faults.Unless(order.Origin is RequestOrigin.Customer or RequestOrigin.Technician, "origin", $"is {order.Origin}, which this version does not know.");
        faults.Unless(order.ServerCount is >= 1 and <= MostServers, "serverCount", $"is {order.ServerCount}: it is 1 to {MostServers}.");
        faults.Unless(
            order.EmergencyIncidentId.Length == 0 || Words.IsIncident(order.EmergencyIncidentId), "emergencyIncidentId", "is not letters, digits and hyphens.");
        faults.Unless(Enum.IsDefined(order.Reboot), "reboot", $"is {order.Reboot}, which this version does not know.");
        OrderedOperationRules.Find(order, faults);
        return OrderTimes.Read(order, faults);
    }
}
