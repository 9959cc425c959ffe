using HaiSoft.Controller.Operations;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Operations;

/// <summary>Operations that wait for approval, are in work, or are to be reviewed, the oldest first.</summary>
[Authorize(Policies.Technician)]
internal sealed class OperationsModel(OperationBoard board, TrustNotices notices) : PageModel
{
    public IReadOnlyList<OperationView> Shown { get; private set; } = [];

    public bool IncludesEnded { get; private set; }

    public TrustNotice? Notice { get; private set; }

    public async Task OnGetAsync(string? show, CancellationToken cancellationToken)
    {
        IncludesEnded = show == "all";
        Notice = await notices.FindAsync(cancellationToken);
        Shown = await board.ListAsync(new OperationFilter { IncludeEnded = IncludesEnded }, cancellationToken);
    }
}
