using HaiSoft.Controller.People;
using HaiSoft.Controller.Rollouts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Rollouts;

/// <summary>Rollouts in which something may still follow, then those that ended.</summary>
[Authorize(Policies.Technician)]
internal sealed class RolloutsModel(RolloutBoard board) : PageModel
{
    public IReadOnlyList<RolloutView> Shown { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Shown = await board.ListAsync(cancellationToken);
}
