using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Operations;

/// <summary>One operation: its plan, who signed and how many more must, what its server told. It is approved by haisoftctl.</summary>
[Authorize(Policies.Technician)]
internal sealed class OperationModel(OperationBoard board, OperationUndoing undoing, OperationWork work, Texts texts) : PageModel
{
    public OperationDetailView Detail { get; private set; } = null!;

    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>It is offered to be undone.</summary>
    public bool CanBeUndone => UndoGrounds.WhyNot(Detail) is null;

    /// <summary>A technician is asked how it ended.</summary>
    public bool CanBeSettled => OperationLife.WhyNotSettled(Detail.Operation.Row.State) is null;

    public Task<IActionResult> OnGetAsync(long number, CancellationToken cancellationToken) => ShowAsync(number, cancellationToken);

    public async Task<IActionResult> OnPostUndoAsync(long number, CancellationToken cancellationToken)
    {
        switch (await undoing.DraftAsync(number, incident: null, window: default, OperationActor.Of(User), cancellationToken))
        {
            case OperationOutcome.Done done:
                return Redirect($"/operations/{done.Number}");
            case OperationOutcome.Refused refused:
                Faults = [texts["operation.undo.refused", VisibleText.Of(refused.Words)]];
                break;
            case OperationOutcome.NoPlan none:
                Faults = [texts["operation.undo.refused", VisibleText.Of(none.Why.WhyNot(texts["operation.undo.server"]))]];
                break;
        }

        return await ShowAsync(number, cancellationToken);
    }

    public async Task<IActionResult> OnPostSettleAsync(long number, string? found, string? why, CancellationToken cancellationToken)
    {
        if (found is not ("succeeded" or "failed"))
            return BadRequest();
        switch (await work.SettleAsync(number, found == "succeeded", why ?? "", OperationActor.Of(User), cancellationToken))
        {
            case OperationOutcome.Done:
                return Redirect($"/operations/{number}");
            case OperationOutcome.Refused refused:
                Faults = [texts["operation.settle.refused", VisibleText.Of(refused.Words)]];
                break;
        }

        return await ShowAsync(number, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(long number, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(number, OperationActor.Of(User), cancellationToken) is not { } detail)
            return NotFound();
        Detail = detail;
        return Page();
    }
}
