using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>When an order counts, and its window: from <paramref name="Start"/> it may be begun, from <paramref name="End"/> not any more.</summary>
public sealed record OrderTimes(Lifetime Lifetime, DateTimeOffset Start, DateTimeOffset End)
{
    internal static OrderTimes? Read(Order order, Faults faults)
    {
        Lifetime? lifetime = Lifetime.Read(order.CreatedTime, order.ExpiryTime, faults);
        DateTimeOffset? start = WholeSecond.Read(order.WindowStartTime, "windowStartTime", faults);
        DateTimeOffset? end = WholeSecond.Read(order.WindowEndTime, "windowEndTime", faults);
        if (lifetime is null || start is null || end is null)
            return null;
        faults.Unless(start < end, "windowEndTime", "is not after windowStartTime.");
        faults.Unless(end <= lifetime.Expiry, "windowEndTime", "is after expiryTime.");
        return new(lifetime, start.Value, end.Value);
    }

    /// <summary>Why it may not be begun now; null when it may.</summary>
    internal Refused? WhyNot(DateTimeOffset now)
    {
        // The window ends with the expiry at the latest: in the other order nothing would ever be told as expired.
        if ((Lifetime.WhyTooLong(OrderRules.Lifetime) ?? Lifetime.WhyNot(OrderRules.Lifetime, now)) is { } refusal)
            return refusal;
        if (now < Start)
            return new(TrustRefusal.OrderWindowNotOpen, $"The order's window begins {Start:u}; here it is {now.ToUniversalTime():u}.");
        return now >= End
            ? new(TrustRefusal.OrderWindowOver, $"The order's window ended {End:u}; here it is {now.ToUniversalTime():u}.")
            : null;
    }
}
