using Google.Protobuf;
using HaiSoft.Protocol.Trust.V1;
using Operation = HaiSoft.Protocol.Technician.V1.Operation;

namespace HaiSoft.Ctl.Trust;

/// <summary>
/// Orders of a rollout that ask and change the same on their servers, so that an approver reads that once. What must differ from server
/// to server is left aside, and nothing else.
/// </summary>
/// <param name="Orders">Each with its operation, in the order in which they were given.</param>
internal sealed record EqualOrders(IReadOnlyList<(Operation Operation, OrderBytes Bytes)> Orders)
{
    /// <summary>Puts equal ones together, the largest group first.</summary>
    /// <exception cref="CtlException">An order is for fewer servers than there are orders.</exception>
    public static IReadOnlyList<EqualOrders> Of(IReadOnlyList<(Operation Operation, OrderBytes Bytes)> orders)
    {
        if (orders.FirstOrDefault(order => order.Bytes.Order.ServerCount < orders.Count) is { Bytes: not null } fewer)
        {
            throw new CtlException(
                ExitCode.Refused,
                $"Not to be signed: the order for {fewer.Operation.Server} says that it is one of {fewer.Bytes.Order.ServerCount}, and there are {orders.Count}.");
        }

        return [.. orders.GroupBy(order => EqualPart(order.Bytes)).Select(group => new EqualOrders([.. group])).OrderByDescending(group => group.Orders.Count)];
    }

    private static ByteString EqualPart(OrderBytes bytes)
    {
        Order order = bytes.Order.Clone();
        order.OrderId = order.PlanHash = order.PackageStateHash = ByteString.Empty;
        order.MachineId = "";
        order.CreatedTime = null;
        Plan plan = bytes.Plan.Plan.Clone();
        plan.MachineId = "";
        plan.PackageStateHash = ByteString.Empty;
        plan.CreatedTime = null;
        plan.FreeBytes = 0;
        return new Envelope { Payload = order.ToByteString(), PayloadType = plan.ToByteString().ToBase64() }.ToByteString();
    }
}
