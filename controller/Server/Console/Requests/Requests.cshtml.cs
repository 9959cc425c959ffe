using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Requests;

/// <summary>What customers ask for, the oldest first.</summary>
[Authorize(Policies.Technician)]
internal sealed class RequestsModel(RequestBoard board) : PageModel
{
    public IReadOnlyList<RequestDetail> Shown { get; private set; } = [];

    public bool IncludesEnded { get; private set; }

    public async Task OnGetAsync(string? show, CancellationToken cancellationToken)
    {
        IncludesEnded = show == "all";
        Shown = await board.ListAsync(customerId: null, IncludesEnded, cancellationToken);
    }
}
