using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Operations;

/// <summary>One operation: its plan, who signed and how many more must, what its server told. It is approved by haisoftctl.</summary>
[Authorize(Policies.Technician)]
internal sealed class OperationModel(OperationBoard board) : PageModel
{
    public OperationDetailView Detail { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long number, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(number, OperationActor.Of(User), cancellationToken) is not { } detail)
            return NotFound();
        Detail = detail;
        return Page();
    }
}
