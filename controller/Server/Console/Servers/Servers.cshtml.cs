using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Rules.Findings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Servers;

/// <summary>Every server with its state of the moment, those in trouble first.</summary>
[Authorize(Policies.Technician)]
internal sealed class ServersModel(FleetView fleet) : PageModel
{
    public ServerFilter Filter { get; private set; } = ServerFilter.Of(null, null);

    public IReadOnlyList<ServerView> Shown { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? show, string? q, CancellationToken cancellationToken)
    {
        Filter = ServerFilter.Of(show, q);
        Shown = [.. (await fleet.ListAsync(cancellationToken))
            .Where(Filter.Shows)
            .OrderByDescending(server => server.OpenIncidents > 0)
            .ThenBy(server => server.Health switch { Health.Failed => 0, Health.Unknown => 1, Health.Degrading => 2, _ => 3 })];
        return Request.Headers.ContainsKey("HX-Request") ? Partial("/Console/Servers/_Servers.cshtml", this) : Page();
    }
}
