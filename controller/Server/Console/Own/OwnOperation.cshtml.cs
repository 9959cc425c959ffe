using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Own;

/// <summary>One operation on a server of the customer's own, and its consent to it. Another customer's is not found.</summary>
[Authorize(Policies.Customer)]
internal sealed class OwnOperationModel(OwnOperations operations, Texts texts) : PageModel
{
    public OperationDetailView Detail { get; private set; } = null!;

    public IReadOnlyList<string> Faults { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(long number, CancellationToken cancellationToken) => ShowAsync(number, cancellationToken);

    public async Task<IActionResult> OnPostConsentAsync(long number, string? hash, CancellationToken cancellationToken)
    {
        switch (await operations.ConsentAsync(number, hash ?? "", OperationActor.Of(User), cancellationToken))
        {
            case OperationOutcome.NotFound:
                return NotFound();
            case OperationOutcome.Done:
                return Redirect($"/my/operations/{number}");
            default:
                Faults = [texts["operation.consent.refused"]];
                return await ShowAsync(number, cancellationToken);
        }
    }

    private async Task<IActionResult> ShowAsync(long number, CancellationToken cancellationToken)
    {
        if (await operations.FindAsync(number, OperationActor.Of(User), cancellationToken) is not { } detail)
            return NotFound();
        Detail = detail;
        return Page();
    }
}
