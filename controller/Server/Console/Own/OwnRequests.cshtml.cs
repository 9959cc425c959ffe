using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Own;

/// <summary>What the customer asked for: what is open first.</summary>
[Authorize(Policies.Customer)]
internal sealed class OwnRequestsModel(RequestBoard board) : PageModel
{
    public IReadOnlyList<RequestDetail> Shown { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Shown = await board.ListAsync(User.CustomerId(), includeEnded: true, cancellationToken);
}
