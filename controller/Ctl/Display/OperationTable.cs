using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaiSoft.Ctl.Display;

/// <summary>Operations, the oldest in which something may still follow first.</summary>
internal static class OperationTable
{
    public static IRenderable Of(IReadOnlyCollection<Operation> operations)
    {
        if (operations.Count == 0)
            return new Markup("No operation is open: haisoftctl operation list --all shows those that ended.\n");
        Table table = Screen.Table("No.", "State", "Server", "What", "Window", "Drafted by", "Waits for");
        foreach (Operation operation in operations)
        {
            table.AddRow(
                new Text(operation.OperationId),
                Of(operation.State),
                Screen.Text(operation.Server),
                Screen.Text(SealedText.Of(operation.Kind) + (operation.UndoesOperationId.Length > 0 ? $" of {operation.UndoesOperationId}" : "") + (operation.IncidentId.Length > 0 ? $", EMERGENCY ({operation.IncidentId})" : "")),
                new Text($"{Screen.Instant(Words.Of(operation.WindowStartTime))} to {Screen.Instant(Words.Of(operation.WindowEndTime))}"),
                Screen.Text(operation.DraftedBy),
                Screen.Text(WaitsFor(operation)));
        }

        return table;
    }

    public static Markup Of(OperationState state) => Screen.Text(OperationWords.Of(state).Replace('_', ' '), state switch
    {
        OperationState.AwaitingApproval => "yellow",
        OperationState.Succeeded or OperationState.Reconciled => "green",
        OperationState.Failed or OperationState.Unknown or OperationState.Refused => "red bold",
        _ => "default",
    });

    /// <summary>What is missing for it to go on.</summary>
    public static string WaitsFor(Operation operation) => string.Join("; ", new[]
    {
        operation.SignaturesMissingCount > 0 ? $"{operation.SignaturesMissingCount} more signature(s)" : "",
        operation.ConsentMissing ? "the customer's consent" : "",
        operation.CancelAsked && operation.State is not OperationState.Cancelled ? "its server's word that it is left" : "",
        operation.ReviewDueTime is not null ? $"a review by {Screen.Instant(Words.Of(operation.ReviewDueTime))}" : "",
        operation.Withheld,
    }.Where(text => text.Length > 0));
}
