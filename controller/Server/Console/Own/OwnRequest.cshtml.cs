using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Own;

/// <summary>One request of the customer's own: its story, its quote to accept or decline. Another customer's is not found.</summary>
[Authorize(Policies.Customer)]
internal sealed class OwnRequestModel(RequestBoard board, RequestWork work, QuoteWork quotes, OwnOperations operations, Texts texts) : PageModel
{
    public RequestDetail Detail { get; private set; } = null!;

    /// <summary>What is done, or was, for this request.</summary>
    public IReadOnlyList<OperationDetailView> Operations { get; private set; } = [];

    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>What was typed: kept when it is refused.</summary>
    public string Note { get; private set; } = "";

    public bool CanWithdraw => RequestLife.After(Detail.Request.Status, RequestStep.Withdraw, RequestParty.Customer) is not null;

    private RequestActor Actor => RequestActor.Of(User);

    public Task<IActionResult> OnGetAsync(long number, CancellationToken cancellationToken) => ShowAsync(number, cancellationToken);

    public Task<IActionResult> OnPostAnswerAsync(long number, string? answer, string? hash, string? note, CancellationToken cancellationToken)
    {
        var step = answer == "accept" ? RequestStep.AcceptQuote : RequestStep.DeclineQuote;
        return TakeAsync(number, note, quotes.AnswerAsync(number, step, hash ?? "", note ?? "", Actor, cancellationToken), cancellationToken);
    }

    public Task<IActionResult> OnPostWithdrawAsync(long number, string? note, CancellationToken cancellationToken) =>
        TakeAsync(number, note, work.StepAsync(number, RequestStep.Withdraw, note ?? "", Actor, cancellationToken), cancellationToken);

    private async Task<IActionResult> TakeAsync(long number, string? note, Task<RequestOutcome> step, CancellationToken cancellationToken)
    {
        switch (await step)
        {
            case RequestOutcome.NotFound:
                return NotFound();
            case RequestOutcome.Refused refused:
                Note = note ?? "";
                Faults = [.. refused.Faults.Select(fault => texts[$"request.fault.{fault.Code}", VisibleText.Of(fault.Value)])];
                return await ShowAsync(number, cancellationToken);
            default:
                return Redirect($"/my/requests/{number}");
        }
    }

    private async Task<IActionResult> ShowAsync(long number, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(number, Actor, cancellationToken) is not { } detail)
            return NotFound();
        Detail = detail;
        Operations = await operations.OfAsync(number, OperationActor.Of(User), cancellationToken);
        return Page();
    }
}
