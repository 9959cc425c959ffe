using HaiSoft.Controller.Console.Operations;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Rules.Sla;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Queue;

/// <summary>The first page of a technician: what breaches next, on top (DESIGN 7).</summary>
[Authorize(Policies.Technician)]
internal sealed class QueueModel(IncidentBoard board, TrustNotices notices) : PageModel
{
    public QueueFilter Filter { get; private set; } = QueueFilter.Of(null, null);

    public IReadOnlyList<IncidentView> Shown { get; private set; } = [];

    /// <summary>All that are open, whatever the filter shows.</summary>
    public int OpenCount { get; private set; }

    public TrustNotice? Notice { get; private set; }

    /// <summary>Open with a promise broken that is still owed.</summary>
    public int LateCount { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? show, string? q, CancellationToken cancellationToken)
    {
        Filter = QueueFilter.Of(show, q);
        var queue = await board.ListAsync(Filter.IncludesResolved, serverId: null, cancellationToken);
        var open = queue.Incidents.Where(i => i.State != IncidentState.Resolved).ToList();
        OpenCount = open.Count;
        LateCount = open.Count(i => i.Clocks.Any(c => c.Runs && c.State == SlaClockState.Breached));
        Shown = [.. queue.Incidents.Where(i => Filter.Shows(i, User.Identity?.Name))];
        if (Request.Headers.ContainsKey("HX-Request"))
            return Partial("/Console/Queue/_Queue.cshtml", this);
        Notice = await notices.FindAsync(cancellationToken);
        return Page();
    }
}
