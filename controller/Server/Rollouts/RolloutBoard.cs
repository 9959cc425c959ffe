using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Rollouts;

/// <summary>Shows rollouts.</summary>
internal sealed class RolloutBoard(IDbContextFactory<ControllerDbContext> contexts, OperationBoard operations)
{
    private const int MostEnded = 200;

    /// <summary>Those in which something may still follow, then the newest 200 that ended.</summary>
    public async Task<IReadOnlyList<RolloutView>> ListAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<RolloutRow> rows = await db.Set<RolloutRow>().AsNoTracking()
            .Where(row => RolloutLife.Open.Contains(row.State)).OrderBy(row => row.RolloutNumber).ToListAsync(cancellationToken);
        rows.AddRange(await db.Set<RolloutRow>().AsNoTracking()
            .Where(row => !RolloutLife.Open.Contains(row.State)).OrderByDescending(row => row.RolloutNumber).Take(MostEnded).ToListAsync(cancellationToken));
        return await ShowAsync(db, rows, cancellationToken);
    }

    /// <summary>One; absent when there is none of this number.</summary>
    public async Task<RolloutDetailView?> FindAsync(long number, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<RolloutRow> rows = await db.Set<RolloutRow>().AsNoTracking().Where(row => row.RolloutNumber == number).ToListAsync(cancellationToken);
        if (rows is not [var row])
            return null;
        var servers = await db.Set<RolloutServerRow>().AsNoTracking().Where(server => server.RolloutNumber == number).OrderBy(server => server.Place)
            .Join(db.Set<ServerRow>(), server => server.ServerId, record => record.ServerId, (server, record) => new { Row = server, record.Name })
            .ToListAsync(cancellationToken);
        OperationFilter filter = new() { RolloutNumber = number, IncludeEnded = true, MostEnded = row.ServerCount };
        Dictionary<string, OperationView> drafted = (await operations.ListAsync(filter, cancellationToken)).ToDictionary(operation => operation.Row.ServerId);
        List<RolloutEventRow> events = await db.Set<RolloutEventRow>().AsNoTracking()
            .Where(e => e.RolloutNumber == number).OrderBy(e => e.EventId).ToListAsync(cancellationToken);
        ActorNames actors = await ActorNames.ReadAsync(db, events.Select(e => e.Actor), cancellationToken);
        return new(
            (await ShowAsync(db, rows, cancellationToken))[0],
            [.. servers.OrderBy(server => server.Row.Place).Select(server => new RolloutServerView(server.Row, server.Name, drafted.GetValueOrDefault(server.Row.ServerId)))],
            [.. events.Select(e => new RolloutEventView(e.Step, e.OccurredTime, actors.Of(e.Actor), e.Text))]);
    }

    private static async Task<IReadOnlyList<RolloutView>> ShowAsync(
        ControllerDbContext db, IReadOnlyList<RolloutRow> rows, CancellationToken cancellationToken)
    {
        long[] numbers = [.. rows.Select(row => row.RolloutNumber)];
        Dictionary<long, int> succeeded = await db.Set<OperationRow>()
            .Where(row => row.RolloutNumber != null && numbers.Contains(row.RolloutNumber.Value) && row.State == OperationState.Succeeded)
            .GroupBy(row => row.RolloutNumber!.Value).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        ActorNames actors = await ActorNames.ReadAsync(db, rows.Select(row => row.StartedBy), cancellationToken);
        return [.. rows.Select(row => new RolloutView(row, actors.Of(row.StartedBy), succeeded.GetValueOrDefault(row.RolloutNumber)))];
    }
}
