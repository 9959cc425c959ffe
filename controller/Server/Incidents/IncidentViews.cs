using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Incidents;

/// <summary>Makes what is shown of incidents out of what is stored.</summary>
internal static class IncidentViews
{
    /// <summary>The promises that an incident carries.</summary>
    public static IReadOnlySet<SlaPromise> PromisesOf(IncidentRow row) => row.ReplacementPromised
        ? new HashSet<SlaPromise> { SlaPromise.Intervention, SlaPromise.Replacement }
        : new HashSet<SlaPromise> { SlaPromise.Intervention };

    /// <summary>The incidents of a query, each with its clocks at an instant.</summary>
    public static async Task<IReadOnlyList<IncidentView>> LoadAsync(
        ControllerDbContext db, IQueryable<IncidentRow> query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IncidentRow[] rows = await query.AsNoTracking().ToArrayAsync(cancellationToken);
        long[] numbers = [.. rows.Select(row => row.IncidentNumber)];
        ILookup<long, FindingRow> findings = (await db.Set<FindingRow>().AsNoTracking()
            .Where(f => f.IncidentNumber != null && numbers.Contains(f.IncidentNumber.Value))
            .ToArrayAsync(cancellationToken)).ToLookup(f => f.IncidentNumber!.Value);
        ILookup<long, TimelineEvent> events = (await db.Set<IncidentEventRow>().AsNoTracking()
            .Where(e => numbers.Contains(e.IncidentNumber))
            .Select(e => new { e.IncidentNumber, e.Kind, e.OccurredTime })
            .ToArrayAsync(cancellationToken)).ToLookup(e => e.IncidentNumber, e => new TimelineEvent(e.Kind, e.OccurredTime));
        IReadOnlyDictionary<string, ServerLabel> labels = await ServerLabels.OfAsync(db, rows.Select(r => r.ServerId), cancellationToken);
        return [.. rows.Select(row => View(
            row, labels[row.ServerId], findings[row.IncidentNumber], events[row.IncidentNumber], now))];
    }

    private static IncidentView View(
        IncidentRow row, ServerLabel server, IEnumerable<FindingRow> findings, IEnumerable<TimelineEvent> events, DateTimeOffset now) =>
        new(
            row.IncidentNumber,
            row.ServerId,
            server.Name,
            server.Customer,
            server.Place,
            row.Kind,
            row.State,
            row.Title,
            row.DetectedTime,
            row.OpenedTime,
            SlaClocks.At(SlaTerms.All, PromisesOf(row), events, now),
            row.RecoveredTime,
            row.Technician,
            [.. findings.OrderBy(f => f.DetectedTime).ThenBy(f => f.FindingId, StringComparer.Ordinal).Select(View)]);

    private static FindingView View(FindingRow row) => new(
        row.ComponentId, row.Title, row.Health, row.Reason, CanonicalEvidence.Read(row.Evidence), row.DetectedTime, row.RecoveredTime);
}
