using System.Security.Claims;
using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Operations;

/// <summary>One operation: its plan, who signed and how many more must, what its server told. It is approved by haisoftctl, or by a passkey where the catalogue lets it.</summary>
[Authorize(Policies.Technician)]
internal sealed class OperationModel(
    OperationBoard board, OperationUndoing undoing, OperationWork work, PasskeyApproval approval, Texts texts) : PageModel
{
    public OperationDetailView Detail { get; private set; } = null!;

    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>Whether the passkeys of who looks can sign it; absent when no signature is missing.</summary>
    public PasskeyOffer? Offer { get; private set; }

    /// <summary>It is offered to be undone.</summary>
    public bool CanBeUndone => UndoGrounds.WhyNot(Detail) is null;

    /// <summary>A technician is asked how it ended.</summary>
    public bool CanBeSettled => OperationLife.WhyNotSettled(Detail.Operation.Row.State) is null;

    public Task<IActionResult> OnGetAsync(long number, CancellationToken cancellationToken) => ShowAsync(number, cancellationToken);

    public async Task<IActionResult> OnPostUndoAsync(long number, CancellationToken cancellationToken)
    {
        OperationActor by = OperationActor.Of(User);
        OperationOutcome drafted = await undoing.DraftAsync(number, incident: null, window: default, RebootPolicy.Unspecified, by, cancellationToken);
        return await AnswerAsync(number, "operation.undo.refused", drafted, cancellationToken);
    }

    public async Task<IActionResult> OnPostSettleAsync(long number, string? found, string? why, CancellationToken cancellationToken)
    {
        if (found is not ("succeeded" or "failed"))
            return BadRequest();
        OperationActor by = OperationActor.Of(User);
        return await AnswerAsync(
            number, "operation.settle.refused", await work.SettleAsync(number, found == "succeeded", why ?? "", by, cancellationToken), cancellationToken);
    }

    /// <summary>What a script asks the browser's passkeys for.</summary>
    public async Task<IActionResult> OnPostAskPasskeyAsync(long number, CancellationToken cancellationToken)
    {
        IActionResult page = await ShowAsync(number, cancellationToken);
        return page is not PageResult ? page : Offer is { Obstacle: PasskeyObstacle.None } offer ? Content(offer.Ask, "application/json") : StatusCode(StatusCodes.Status409Conflict);
    }

    public async Task<IActionResult> OnPostApproveAsync(long number, string? credential, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(credential))
        {
            Faults = [texts["passkey.unable"]];
            return await ShowAsync(number, cancellationToken);
        }

        OperationActor by = OperationActor.Of(User);
        return await AnswerAsync(number, "operation.approve.refused", await approval.SignAsync(number, credential, PersonId, by, cancellationToken), cancellationToken);
    }

    private string PersonId => User.FindFirstValue(ClaimTypes.NameIdentifier)!;

    private async Task<IActionResult> AnswerAsync(long number, string refusal, OperationOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case OperationOutcome.Done done:
                return Redirect($"/operations/{done.Number}");
            case OperationOutcome.Refused refused:
                Faults = [texts[refusal, VisibleText.Of(refused.Words)]];
                break;
            case OperationOutcome.NoPlan none:
                Faults = [texts[refusal, VisibleText.Of(none.Why.WhyNot(texts["operation.undo.server"]))]];
                break;
        }

        return await ShowAsync(number, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(long number, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(number, OperationActor.Of(User), cancellationToken) is not { } detail)
            return NotFound();
        Detail = detail;
        Offer = await approval.OfferAsync(detail, PersonId, ConsoleLocation.OriginOf(Request), cancellationToken);
        return Page();
    }
}
