using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Servers;

/// <summary>Every server with its state of the moment, those in trouble first.</summary>
[Authorize(Policies.Technician)]
internal sealed class ServersModel(ServerCards cards) : PageModel
{
    public ServerFilter Filter { get; private set; } = ServerFilter.Of(null, null);

    public IReadOnlyList<ServerCard> Shown { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? show, string? q, CancellationToken cancellationToken)
    {
        Filter = ServerFilter.Of(show, q);
        Shown = [.. (await cards.AllAsync(cancellationToken)).Where(Filter.Shows)];
        return Request.Headers.ContainsKey("HX-Request") ? Partial("/Console/Servers/_Servers.cshtml", this) : Page();
    }
}
