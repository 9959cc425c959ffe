using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Own;

/// <summary>One server of the customer's own: what is wrong, its services and parts, what is done to it, its record.</summary>
[Authorize(Policies.Customer)]
internal sealed class OwnServerModel(OwnServers servers, ComponentStates states, OwnOperations operations) : PageModel
{
    public OwnServer Server { get; private set; } = null!;

    public ServerView Record { get; private set; } = null!;

    public IReadOnlyList<ComponentView> Services { get; private set; } = [];

    public IReadOnlyList<ComponentView> Hardware { get; private set; } = [];

    /// <summary>What is done to it, and the last that was.</summary>
    public IReadOnlyList<OperationView> Operations { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken cancellationToken)
    {
        if (await servers.FindAsync(User.CustomerId(), name, cancellationToken) is not { } found)
            return NotFound();
        (Server, Record) = found;
        var components = await states.OfServerAsync(Server.ServerId, cancellationToken);
        Services = [.. components.Where(c => c.IsService)];
        Hardware = [.. components.Where(c => !c.IsService && c.Kind is not (ComponentKind.Source or ComponentKind.Agent))];
        Operations = await operations.LatestAsync(Server.ServerId, OperationActor.Of(User), cancellationToken);
        return Request.Headers.ContainsKey("HX-Request") ? Partial("/Console/Own/_OwnServer.cshtml", this) : Page();
    }
}
