using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Findings;

/// <summary>Shows how well the components and services of servers are.</summary>
public sealed class ComponentStates(IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>Every component and service of a server, worst first.</summary>
    public async Task<IReadOnlyList<ComponentView>> OfServerAsync(string serverId, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        ComponentRow[] rows = await db.Set<ComponentRow>().AsNoTracking()
            .Where(row => row.ServerId == serverId && row.Present)
            .ToArrayAsync(cancellationToken);
        return [.. rows
            .OrderByDescending(row => SeverityOf(row.Health)).ThenBy(row => row.Kind).ThenBy(row => row.Title, StringComparer.Ordinal)
            .Select(row => new ComponentView(
                row.ComponentId,
                row.Kind,
                row.Title,
                row.Health,
                row.Reason,
                CanonicalEvidence.Read(row.Evidence),
                row.ObservedTime,
                row.SinceTime))];
    }

    /// <summary>The worst health of each of these servers, or of all, that has reported anything.</summary>
    public async Task<IReadOnlyDictionary<string, Health>> WorstOfServersAsync(IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<ComponentRow> present = db.Set<ComponentRow>().AsNoTracking().Where(row => row.Present);
        var pairs = await (only is null ? present : present.Where(row => only.Contains(row.ServerId)))
            .Select(row => new { row.ServerId, row.Health }).Distinct().ToArrayAsync(cancellationToken);
        return pairs.GroupBy(p => p.ServerId, p => p.Health).ToDictionary(g => g.Key, g => g.MaxBy(SeverityOf));
    }

    private static int SeverityOf(Health health) => health switch
    {
        Health.Failed => 4,
        Health.Unknown => 3,
        Health.Degrading => 2,
        Health.Healthy => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(health)),
    };
}
