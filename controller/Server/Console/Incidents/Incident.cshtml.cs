using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Incidents;

/// <summary>One incident: what it is about, its clocks, what happened, and what a technician does about it.</summary>
[Authorize(Policies.Technician)]
internal sealed class IncidentModel(IncidentBoard board, IncidentWork work, Texts texts) : PageModel
{
    public IncidentView Incident { get; private set; } = null!;

    public IReadOnlyList<TimelineEntryView> Timeline { get; private set; } = [];

    public bool IsResolved => Incident.State == IncidentState.Resolved;

    public bool CanAcknowledge => Incident.State == IncidentState.Detected;

    public bool CanBegin => Incident.State is IncidentState.Detected or IncidentState.Acknowledged;

    public bool CanReplace => Incident.Kind == IncidentKind.Hardware && !IsResolved;

    /// <param name="number">The incident.</param>
    /// <param name="part">What a live page asks for again: "state", "story" or "actions"; absent for the whole page.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IActionResult> OnGetAsync(long number, string? part, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(number, cancellationToken) is not { } detail)
            return NotFound();
        Incident = detail.Incident;
        Timeline = detail.Timeline;
        return part switch
        {
            "state" => Partial("/Console/Incidents/_State.cshtml", this),
            "story" => Partial("/Console/Incidents/_Story.cshtml", this),
            "actions" => Partial("/Console/Incidents/_Actions.cshtml", this),
            _ => Page(),
        };
    }

    public Task<IActionResult> OnPostAcknowledgeAsync(long number, CancellationToken cancellationToken) =>
        TakeAsync(number, "acknowledged", work.AcknowledgeAsync(number, Technician, cancellationToken));

    public Task<IActionResult> OnPostBeginAsync(long number, CancellationToken cancellationToken) =>
        TakeAsync(number, "began", work.BeginInterventionAsync(number, Technician, cancellationToken));

    public Task<IActionResult> OnPostReplaceAsync(long number, string? serial, CancellationToken cancellationToken) =>
        TakeAsync(number, "replaced", work.RecordReplacementAsync(number, Technician, serial, cancellationToken));

    public Task<IActionResult> OnPostResolveAsync(long number, string? note, CancellationToken cancellationToken) =>
        TakeAsync(number, "resolved", work.ResolveAsync(number, Technician, note ?? "", cancellationToken));

    private string Technician => User.Identity!.Name!;

    private async Task<IActionResult> TakeAsync(long number, string done, Task<IncidentStep> step)
    {
        switch (await step)
        {
            case IncidentStep.NotFound:
                return NotFound();
            case IncidentStep.Refused refused:
                TempData["Notice"] = texts["incident.refused", refused.Reason];
                TempData["NoticeKind"] = "refused";
                break;
            default:
                TempData["Notice"] = texts[$"incident.{done}", number];
                break;
        }

        return Redirect($"/incidents/{number}");
    }
}
