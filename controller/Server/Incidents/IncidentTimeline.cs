using Dapper;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Incidents;

/// <summary>Adds to the timeline of an incident.</summary>
internal static class IncidentTimeline
{
    private const string Insert = """
        INSERT INTO incident_events (incident_number, kind, occurred_time, recorded_time, actor, text, evidence, evidence_hash)
        VALUES (@Number, @Kind, @OccurredTime, @RecordedTime, @Actor, @Text, @Evidence, @EvidenceHash)
        """;

    public static Task AddAsync(
        WriteSession session,
        long number,
        TimelineEventKind kind,
        DateTimeOffset occurredAt,
        string actor,
        string text,
        IReadOnlyList<Evidence> evidence,
        CancellationToken cancellationToken)
    {
        string canonical = CanonicalEvidence.Write(evidence);
        return session.Connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new
            {
                Number = number,
                Kind = (int)kind,
                OccurredTime = occurredAt.ToUnixMicroseconds(),
                RecordedTime = session.Now.ToUnixMicroseconds(),
                Actor = actor,
                Text = text,
                Evidence = canonical,
                EvidenceHash = CanonicalEvidence.HashOf(canonical),
            },
            session.Transaction,
            cancellationToken: cancellationToken));
    }
}
