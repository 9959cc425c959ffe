using HaiSoft.Controller.Orders;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;

namespace HaiSoft.Controller.Operations;

/// <summary>Whether an operation can be undone, by what its plan and its server told. The server has the last word. Pure.</summary>
internal static class UndoGrounds
{
    /// <summary>Why it cannot, for people; null when it can.</summary>
    public static string? WhyNot(OperationDetailView detail)
    {
        OperationRow row = detail.Operation.Row;
        if (!OperationLife.CarriedOut.Contains(row.State) || !IsInPlace(detail))
            return $"it is in state {row.State}, and not everything of it is known to be in place. Look at the server, and plan what brings it where it is to be.";
        if (detail.Operation.UndoneBy.LastOrDefault(undo => OperationLife.StandsOrMay.Contains(undo.State)) is { } other)
            return $"operation {other.Number} does, which is in state {other.State}.";
        if (detail.ReadPlan() is not { } plan)
            return "its plan is not kept any more, and what it replaced is kept on its server for 30 days.";
        return plan.NotToBeBroughtBack().Select(change => $"{change.Name} {change.OldVersion} ({change.OldFileMissing})").ToList() is { Count: > 0 } missing
            ? $"what it replaced was not to be had when it was planned: {string.Join("; ", missing)}."
            : null;
    }

    private static bool IsInPlace(OperationDetailView detail)
    {
        OrderOutcome? outcome = detail.Entries.Where(entry => !entry.IsOutput).OrderBy(entry => entry.Entry)
            .Select(entry => OrderReport.Parser.ParseFrom(entry.Content)).LastOrDefault(report => report.Step?.Outcome is not null)?.Step.Outcome;
        return outcome?.Packages.All(package => package.Done) == true;
    }
}
