using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Rollouts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Rollouts;

/// <summary>One rollout: where each server stands, and what a technician does when it is held. It is approved by haisoftctl.</summary>
[Authorize(Policies.Technician)]
internal sealed class RolloutModel(RolloutBoard board, RolloutWork work, Texts texts) : PageModel
{
    public RolloutDetailView Detail { get; private set; } = null!;

    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>How many of its operations want signatures.</summary>
    public int MayBeSigned => Detail.Servers.Count(server => server.Operation?.SignaturesMissing > 0);

    public Task<IActionResult> OnGetAsync(long number, CancellationToken cancellationToken) => ShowAsync(number, cancellationToken);

    public async Task<IActionResult> OnPostStepAsync(long number, string? step, string? why, CancellationToken cancellationToken)
    {
        var by = OperationActor.Of(User);
        Task<OperationOutcome>? taken = step switch
        {
            "resume" => work.ResumeAsync(number, why ?? "", by, cancellationToken),
            "cancel" => work.CancelAsync(number, why ?? "", by, cancellationToken),
            _ => null,
        };
        if (taken is null)
            return BadRequest();
        switch (await taken)
        {
            case OperationOutcome.Done:
                return Redirect($"/rollouts/{number}");
            case OperationOutcome.Refused refused:
                Faults = [texts["rollout.refused", VisibleText.Of(refused.Words)]];
                break;
        }

        return await ShowAsync(number, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(long number, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(number, cancellationToken) is not { } detail)
            return NotFound();
        Detail = detail;
        return Page();
    }
}
