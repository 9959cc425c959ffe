using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Own;

/// <summary>The first page of a customer: its servers (DESIGN 7).</summary>
[Authorize(Policies.Customer)]
internal sealed class OwnServersModel(OwnServers servers) : PageModel
{
    public IReadOnlyList<OwnServer> Shown { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Shown = await servers.ListAsync(User.CustomerId(), cancellationToken);
        return Request.Headers.ContainsKey("HX-Request") ? Partial("/Console/Own/_OwnServers.cshtml", this) : Page();
    }
}
