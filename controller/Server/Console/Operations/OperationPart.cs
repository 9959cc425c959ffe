using HaiSoft.Controller.Operations;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Console.Operations;

/// <summary>An operation as it is shown on a page.</summary>
/// <param name="Detail">The operation.</param>
/// <param name="ForCustomer">Who signed and what technicians wrote is not shown; consent is asked for where it is needed.</param>
internal sealed record OperationPart(OperationDetailView Detail, bool ForCustomer)
{
    /// <summary>What the plan says; absent when it is not kept any more.</summary>
    public Plan? Plan { get; } = Detail.ReadPlan();

    /// <summary>What was printed, line by line; hostile.</summary>
    public IReadOnlyList<string> Output { get; } =
    [
        .. string.Concat(Detail.Entries.Where(entry => entry.IsOutput).Select(entry => OrderReport.Parser.ParseFrom(entry.Content).Output.Text))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>A change as a difference: "0:2.4.57-1 → 0:2.4.62-1".</summary>
    public static string Versions(PackageChange change) => (change.OldVersion, change.NewVersion) switch
    {
        ("", var to) => to,
        (var from, "") => from,
        var (from, to) => $"{from} → {to}",
    };
}
