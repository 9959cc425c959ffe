using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Incidents;

/// <summary>Brings what changed about the faults of a server into its incidents, in the same transaction.</summary>
public sealed class Correlation(AuditLog audit, IncidentChanges feed)
{
    private const string Agent = "agent";
    private const string Controller = "controller";

    /// <summary>Opens, joins and recovers incidents.</summary>
    internal async Task ApplyAsync(
        WriteSession session, bool dedicated, IReadOnlyList<FindingChange> changes, CancellationToken cancellationToken)
    {
        foreach (FindingChange change in changes)
        {
            long? touched = change switch
            {
                FindingChange.Opened opened => await OpenAsync(session, dedicated, opened, cancellationToken),
                FindingChange.Altered altered => await AlterAsync(session, altered, cancellationToken),
                FindingChange.Replaced replaced => await ReplaceAsync(session, replaced, cancellationToken),
                FindingChange.Closed closed => await CloseAsync(session, closed, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(changes)),
            };
            if (touched is { } number)
                session.AfterCommit(() => feed.Touch(number));
        }
    }

    // What only degrades opens nothing: no clock runs for it (DOMAIN 4).
    private async Task<long?> OpenAsync(
        WriteSession session, bool dedicated, FindingChange.Opened opened, CancellationToken cancellationToken)
    {
        if (opened.Verdict.Health is not (Health.Failed or Health.Unknown))
            return null;
        IncidentKind kind = KindOf(opened);
        long? open = await IncidentTable.FindOpenAsync(session, opened, kind, cancellationToken);
        long number = open ?? await BeginAsync(session, dedicated, kind, opened, cancellationToken);
        await IncidentTable.JoinAsync(session, number, opened.FindingId, cancellationToken);
        if (open is not null)
            await JoinAsync(session, number, opened, cancellationToken);
        return number;
    }

    private async Task<long> BeginAsync(
        WriteSession session, bool dedicated, IncidentKind kind, FindingChange.Opened opened, CancellationToken cancellationToken)
    {
        string title = IncidentTitle.Of(opened);
        // Dedicated or virtual is a fact of the record: a guest has no part that could be replaced (SLA 4.5).
        bool replacement = kind == IncidentKind.Hardware && dedicated;
        long number = await IncidentTable.OpenAsync(session, opened, kind, title, replacement, cancellationToken);
        await IncidentTimeline.AddAsync(
            session, number, TimelineEventKind.Detected, opened.DetectedAt, ActorOf(opened), opened.Verdict.Reason, opened.Verdict.Evidence, cancellationToken);
        await IncidentTimeline.AddAsync(
            session, number, TimelineEventKind.Opened, session.Now, Controller, $"Incident opened: {title}{Explanation(session, opened)}", [], cancellationToken);
        await audit.AppendAsync(
            session,
            new(Controller, "incident.open", $"incident:{number}", new Dictionary<string, string>
            {
                ["server"] = opened.ServerId,
                ["component"] = opened.ComponentId,
                ["finding"] = opened.FindingId,
            }),
            cancellationToken);
        return number;
    }

    // What an agent observed is dated by two clocks and a correction: the timeline says how.
    private static string Explanation(WriteSession session, FindingChange.Opened opened) => ActorOf(opened) != Agent
        ? ""
        : ". " + ClockWords.Explain(
            opened.DetectedAt,
            ClockTable.At(session, opened.ServerId, session.Now),
            session.Now,
            opened.Verdict.Evidence.Where(evidence => evidence.Name == Judgement.TimeEvidence).Select(evidence => evidence.Value).FirstOrDefault());

    private static async Task JoinAsync(
        WriteSession session, long number, FindingChange.Opened opened, CancellationToken cancellationToken)
    {
        bool relapsed = await IncidentTable.ReviveAsync(session, number, cancellationToken);
        await IncidentTimeline.AddAsync(
            session,
            number,
            relapsed ? TimelineEventKind.Relapsed : TimelineEventKind.FindingJoined,
            opened.DetectedAt,
            ActorOf(opened),
            (relapsed ? "The fault is back: " : "Also: ") + opened.Verdict.Reason,
            opened.Verdict.Evidence,
            cancellationToken);
    }

    private static async Task<long?> AlterAsync(WriteSession session, FindingChange.Altered altered, CancellationToken cancellationToken)
    {
        if (await IncidentTable.OfFindingAsync(session, altered.FindingId, cancellationToken) is not { } number)
            return null;
        await IncidentTimeline.AddAsync(
            session, number, TimelineEventKind.FindingChanged, altered.At, Agent, altered.Verdict.Reason, altered.Verdict.Evidence, cancellationToken);
        return number;
    }

    private static async Task<long?> ReplaceAsync(WriteSession session, FindingChange.Replaced replaced, CancellationToken cancellationToken)
    {
        if (await IncidentTable.OfFindingAsync(session, replaced.FindingId, cancellationToken) is not { } number)
            return null;
        await IncidentTimeline.AddAsync(
            session,
            number,
            TimelineEventKind.NewPartSeen,
            replaced.At,
            Agent,
            $"The agent sees another part: {replaced.NewTitle} in place of {replaced.Title}",
            [new("old part", replaced.Title), new("new part", replaced.NewTitle)],
            cancellationToken);
        return number;
    }

    private static async Task<long?> CloseAsync(WriteSession session, FindingChange.Closed closed, CancellationToken cancellationToken)
    {
        if (await IncidentTable.OfFindingAsync(session, closed.FindingId, cancellationToken) is not { } number)
            return null;
        await IncidentTimeline.AddAsync(
            session, number, TimelineEventKind.FindingRecovered, closed.At, ActorOf(closed), $"{closed.Title}: {closed.Words}", [], cancellationToken);
        if (await IncidentTable.RecoverAsync(session, number, cancellationToken) is { } recoveredAt)
        {
            await IncidentTimeline.AddAsync(
                session, number, TimelineEventKind.Recovered, recoveredAt, Controller, "Every fault is gone; waits to be resolved", [], cancellationToken);
        }

        return number;
    }

    private static IncidentKind KindOf(FindingChange.Opened opened) => opened switch
    {
        { Verdict.Health: Health.Unknown } => IncidentKind.Monitoring,
        { Kind: ComponentKind.Service } => IncidentKind.Service,
        { Kind: ComponentKind.Source or ComponentKind.Agent } => IncidentKind.Monitoring,
        _ => IncidentKind.Hardware,
    };

    // Silence is the one thing that the controller itself sees.
    private static string ActorOf(FindingChange change) => change.ComponentId is AgentComponents.Link or AgentComponents.Identity ? Controller : Agent;
}
