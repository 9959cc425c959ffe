using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>How an order ends that did not go as it should.</summary>
internal static class OrderEnds
{
    /// <summary>It was not done, or not wholly.</summary>
    /// <param name="outcome">What was found; null before anything was inspected.</param>
    public static void Fail(this HeldOrder order, OrderFailure failure, string detail, OrderOutcome? outcome) =>
        order.Append(new OrderStep { State = OrderState.Failed, Failure = failure, Detail = detail.Trim(), Outcome = outcome });

    /// <summary>It was broken off, and a repair follows or none is left.</summary>
    /// <param name="outcome">What was found; null when nothing could be.</param>
    public static void LeaveUnknown(this HeldOrder order, string detail, OrderOutcome? outcome) =>
        order.Append(new OrderStep { State = OrderState.Unknown, Failure = OrderFailure.BrokenOff, Detail = detail, Outcome = outcome });

    /// <summary>A failure that was found by inspection, in words.</summary>
    /// <param name="detail">What is to be said besides.</param>
    public static string Words(OrderFailure failure, string detail) => failure switch
    {
        OrderFailure.Script => $"A package's own script failed. {detail}",
        OrderFailure.Service => $"A service does not run. {detail}",
        _ => $"Not everything that was approved is in place. {detail}",
    };
}
