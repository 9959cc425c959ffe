using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Incidents;

/// <summary>What technicians do about incidents. Each step is one transaction: state, timeline and audit.</summary>
public sealed class IncidentWork(WriteGate gate, AuditLog audit, IncidentChanges changes)
{
    private const int LongestNote = 2000;
    private const int LongestSerial = 100;

    /// <summary>A technician has seen it. Allowed while nobody has.</summary>
    public Task<IncidentStep> AcknowledgeAsync(long number, string technician, CancellationToken cancellationToken) =>
        TakeAsync(
            number,
            technician,
            row => row.State switch
            {
                IncidentState.Detected => new(TimelineEventKind.Acknowledged, "Acknowledged", IncidentState.Acknowledged),
                IncidentState.Resolved => Refuse("it is resolved"),
                _ => Refuse($"{row.Technician} has acknowledged it already; begin the intervention or resolve it"),
            },
            cancellationToken);

    /// <summary>A technician's intervention begins: the 1 h clock stops (SLA 4.1). Allowed until then; it acknowledges too.</summary>
    public Task<IncidentStep> BeginInterventionAsync(long number, string technician, CancellationToken cancellationToken) =>
        TakeAsync(
            number,
            technician,
            row => row.State switch
            {
                IncidentState.Detected or IncidentState.Acknowledged =>
                    new(TimelineEventKind.InterventionBegan, "Intervention began", IncidentState.Intervention),
                IncidentState.Resolved => Refuse("it is resolved"),
                _ => Refuse($"{row.Technician} has begun the intervention already; record the replacement or resolve it"),
            },
            cancellationToken);

    /// <summary>The failed part was replaced: the 4 h clock stops (SLA 4.6). Only for a hardware incident that is not resolved.</summary>
    /// <param name="number">The incident.</param>
    /// <param name="technician">Who says so.</param>
    /// <param name="newSerial">Serial number of the new part; absent or empty when it is not known.</param>
    /// <param name="cancellationToken">Ends the step before it is written.</param>
    public Task<IncidentStep> RecordReplacementAsync(
        long number, string technician, string? newSerial, CancellationToken cancellationToken)
    {
        string serial = newSerial?.Trim() ?? "";
        return TakeAsync(
            number,
            technician,
            row => row switch
            {
                { State: IncidentState.Resolved } => Refuse("it is resolved"),
                { Kind: not IncidentKind.Hardware } => Refuse("it is not about a part; begin the intervention or resolve it"),
                _ when serial.Length > LongestSerial => Refuse($"a serial number has at most {LongestSerial} characters"),
                _ => new(
                    TimelineEventKind.ReplacementRecorded,
                    serial.Length == 0 ? "Part replaced" : $"Part replaced; the new one's serial number is {serial}",
                    IncidentState.Intervention)
                {
                    Evidence = serial.Length == 0 ? [] : [new("new serial", serial)],
                },
            },
            cancellationToken);
    }

    /// <summary>
    /// The work is done. Allowed from every state but resolved; while the fault lasts too, and the timeline then says so. A
    /// fault that comes (back) later opens a new incident.
    /// </summary>
    /// <param name="number">The incident.</param>
    /// <param name="technician">Who says so.</param>
    /// <param name="note">What was done; required.</param>
    /// <param name="cancellationToken">Ends the step before it is written.</param>
    public Task<IncidentStep> ResolveAsync(long number, string technician, string note, CancellationToken cancellationToken) =>
        TakeAsync(
            number,
            technician,
            row => row switch
            {
                { State: IncidentState.Resolved } => Refuse("it is resolved already"),
                _ when string.IsNullOrWhiteSpace(note) => Refuse("say in the note what was done"),
                _ when note.Length > LongestNote => Refuse($"the note may have at most {LongestNote} characters"),
                { RecoveredTime: null } => new(
                    TimelineEventKind.Resolved, $"Resolved while the fault lasts: {note.Trim()}", IncidentState.Resolved),
                _ => new(TimelineEventKind.Resolved, $"Resolved: {note.Trim()}", IncidentState.Resolved),
            },
            cancellationToken);

    private static Step Refuse(string reason) => new(default, reason, default) { Refused = true };

    private Task<IncidentStep> TakeAsync(
        long number, string technician, Func<IncidentRow, Step> decide, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                IncidentRow? row = await session.Db.Set<IncidentRow>().SingleOrDefaultAsync(r => r.IncidentNumber == number, token);
                if (row is null)
                    return new IncidentStep.NotFound(number);
                Step step = decide(row);
                return step.Refused
                    ? new IncidentStep.Refused($"Incident {number}: {step.Text}.")
                    : await WriteAsync(session, row, step, technician, token);
            },
            cancellationToken);

    private async Task<IncidentStep> WriteAsync(
        WriteSession session, IncidentRow row, Step step, string technician, CancellationToken cancellationToken)
    {
        row.State = step.Next;
        row.Technician = technician;
        if (step.Next == IncidentState.Resolved)
            row.ResolvedTime = session.Now;
        await session.Db.SaveChangesAsync(cancellationToken);
        await IncidentTimeline.AddAsync(
            session, row.IncidentNumber, step.Kind, session.Now, technician, step.Text, step.Evidence, cancellationToken);
        await audit.AppendAsync(
            session,
            new(technician, "incident." + step.Kind, $"incident:{row.IncidentNumber}", new Dictionary<string, string> { ["text"] = step.Text }),
            cancellationToken);
        session.AfterCommit(() => changes.Touch(row.IncidentNumber));
        return new IncidentStep.Done((await IncidentBoard.FindAsync(session.Db, row.IncidentNumber, session.Now, cancellationToken))!);
    }

    private sealed record Step(TimelineEventKind Kind, string Text, IncidentState Next)
    {
        public IReadOnlyList<Evidence> Evidence { get; init; } = [];

        public bool Refused { get; init; }
    }
}
