using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Incidents;

/// <summary>Shows incidents.</summary>
public sealed class IncidentBoard(IDbContextFactory<ControllerDbContext> contexts, TimeProvider time)
{
    /// <summary>The queue: what breaches next on top; then what runs no clock, the oldest first; what is resolved last.</summary>
    /// <param name="includeResolved">Also the newest 500 of those that are resolved.</param>
    /// <param name="serverId">Only this server's; absent for all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IncidentQueue> ListAsync(bool includeResolved, string? serverId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<IncidentRow> all = db.Set<IncidentRow>().Where(row => serverId == null || row.ServerId == serverId);
        List<IncidentView> shown =
            [.. await IncidentViews.LoadAsync(db, all.Where(row => row.State != IncidentState.Resolved), now, cancellationToken)];
        if (includeResolved)
        {
            IQueryable<IncidentRow> resolved = all.Where(row => row.State == IncidentState.Resolved)
                .OrderByDescending(row => row.IncidentNumber).Take(500);
            shown.AddRange(await IncidentViews.LoadAsync(db, resolved, now, cancellationToken));
        }

        return new(now, [.. shown.Order(QueueOrder.Instance)]);
    }

    /// <summary>What is open on some servers, in the order of the queue.</summary>
    public async Task<IReadOnlyList<IncidentView>> OpenOnAsync(IReadOnlyCollection<string> serverIds, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<IncidentRow> open = db.Set<IncidentRow>()
            .Where(row => row.State != IncidentState.Resolved && serverIds.Contains(row.ServerId));
        return [.. (await IncidentViews.LoadAsync(db, open, time.GetUtcNow(), cancellationToken)).Order(QueueOrder.Instance)];
    }

    /// <summary>One incident with its timeline; absent when there is none of this number.</summary>
    public async Task<IncidentDetail?> FindAsync(long number, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, number, time.GetUtcNow(), cancellationToken) is not { } incident)
            return null;
        TimelineEntryView[] timeline = await db.Set<IncidentEventRow>().AsNoTracking()
            .Where(e => e.IncidentNumber == number)
            .OrderBy(e => e.EventId)
            .Select(e => new TimelineEntryView(e.Kind, e.OccurredTime, e.RecordedTime, e.Actor, e.Text, e.EvidenceHash))
            .ToArrayAsync(cancellationToken);
        return new(incident, timeline);
    }

    internal static async Task<IncidentView?> FindAsync(
        ControllerDbContext db, long number, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await IncidentViews.LoadAsync(
            db, db.Set<IncidentRow>().Where(row => row.IncidentNumber == number), now, cancellationToken)).SingleOrDefault();
}
