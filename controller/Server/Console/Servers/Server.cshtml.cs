using HaiSoft.Controller.Catalogues;
using HaiSoft.Controller.Console.Charts;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Servers;

/// <summary>One server: its record, what is wrong, its parts and services, its last day.</summary>
[Authorize(Policies.Technician)]
internal sealed class ServerModel(
    FleetView fleet, ComponentStates states, IncidentBoard board, OperationBoard operations, ChartBook charts, ServerCatalogues catalogues) : PageModel
{
    public ServerView Server { get; private set; } = null!;

    public IReadOnlyList<IncidentView> Incidents { get; private set; } = [];

    public IReadOnlyList<ComponentView> Services { get; private set; } = [];

    public IReadOnlyList<ComponentView> Hardware { get; private set; } = [];

    /// <summary>What watches: sources of readings, the agent itself.</summary>
    public IReadOnlyList<ComponentView> Monitoring { get; private set; } = [];

    /// <summary>What it verifies orders by; absent while its agent has not told.</summary>
    public ServerCatalogueRow? Catalogue { get; private set; }

    /// <summary>What it is made of; empty before it was reported.</summary>
    public IReadOnlyList<ServerFact> Facts { get; private set; } = [];

    /// <summary>What is done to it, and the last that was.</summary>
    public IReadOnlyList<OperationView> Operations { get; private set; } = [];

    public IReadOnlyList<Chart> Charts { get; private set; } = [];

    /// <param name="name">The server.</param>
    /// <param name="part">What a live page asks for again: "state", "operations"; absent for the whole page.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public async Task<IActionResult> OnGetAsync(string name, string? part, CancellationToken cancellationToken)
    {
        if (await fleet.FindAsync(name, cancellationToken) is not { } server)
            return NotFound();
        Server = server;
        if (part == "operations")
            return Partial("/Console/Servers/_Operations.cshtml", await OperationsAsync(cancellationToken));
        Incidents = (await board.ListAsync(includeResolved: false, server.ServerId, cancellationToken)).Incidents;
        var components = await states.OfServerAsync(server.ServerId, cancellationToken);
        Services = [.. components.Where(c => c.IsService)];
        Monitoring = [.. components.Where(c => c.Kind is ComponentKind.Source or ComponentKind.Agent)];
        Hardware = [.. components.Except(Services).Except(Monitoring)];
        Catalogue = await catalogues.OfAsync(server.ServerId, cancellationToken);
        if (part == "state")
            return Partial("/Console/Servers/_State.cshtml", this);
        Operations = await OperationsAsync(cancellationToken);
        Facts = await fleet.FactsOfAsync(server.ServerId, cancellationToken);
        Charts = await charts.OfServerAsync(server.ServerId, cancellationToken);
        return Page();
    }

    private Task<IReadOnlyList<OperationView>> OperationsAsync(CancellationToken cancellationToken) =>
        operations.ListAsync(OperationFilter.LatestOf(Server.ServerId), cancellationToken);
}
