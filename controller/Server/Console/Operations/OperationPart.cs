using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Console.Operations;

/// <summary>An operation as it is shown on a page.</summary>
/// <param name="Detail">The operation.</param>
/// <param name="ForCustomer">Who signed and what technicians wrote is not shown; consent is asked for where it is needed.</param>
internal sealed record OperationPart(OperationDetailView Detail, bool ForCustomer)
{
    /// <summary>What the plan says; absent when it is not kept any more.</summary>
    public Plan? Plan { get; } = Detail.ReadPlan();

    /// <summary>What approvers sign.</summary>
    public Order Order { get; } = Order.Parser.ParseFrom(Detail.Operation.Row.Payload);

    /// <summary>The server reboots afterwards, once.</summary>
    public bool Reboots => Order.Reboot == RebootPolicy.Always || (Order.Reboot == RebootPolicy.IfNeeded && Plan is { RebootNeeded: true });

    /// <summary>What the plan replaces and could not be brought back; none when it can be undone.</summary>
    public IReadOnlyList<PackageChange> NotKept { get; } = [.. Detail.ReadPlan()?.NotToBeBroughtBack() ?? []];

    /// <summary>What inspection found last; absent before anything was inspected.</summary>
    public OrderOutcome? Outcome { get; } = Told(Detail).LastOrDefault(report => report.Step?.Outcome is not null)?.Step.Outcome;

    /// <summary>How far it is; absent when it does not run.</summary>
    public OrderProgress? Progress { get; } = Detail.Operation.Row.State == OperationState.Running
        ? Told(Detail).LastOrDefault(report => report.Progress is not null)?.Progress
        : null;

    /// <summary>What was printed, line by line; hostile.</summary>
    public IReadOnlyList<string> Output { get; } =
    [
        .. string.Concat(Detail.Entries.Where(entry => entry.IsOutput).Select(entry => OrderReport.Parser.ParseFrom(entry.Content).Output.Text))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Whether what it changes is backed up is told while it can still be left (SLA 6).</summary>
    public bool TellsOfBackup => OperationLife.Open.Contains(Detail.Operation.Row.State);

    private static IEnumerable<OrderReport> Told(OperationDetailView detail) =>
        detail.Entries.Where(entry => !entry.IsOutput).Select(entry => OrderReport.Parser.ParseFrom(entry.Content));

    /// <summary>A change as a difference: "0:2.4.57-1 → 0:2.4.62-1".</summary>
    public static string Versions(PackageChange change) => (change.OldVersion, change.NewVersion) switch
    {
        ("", var to) => to,
        (var from, "") => from,
        var (from, to) => $"{from} → {to}",
    };
}
