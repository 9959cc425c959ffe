using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Orders;

/// <summary>Whether a rollout lets the orders of its operations go to their servers. By rows alone, in the transaction that hands an order over.</summary>
internal static class RolloutGate
{
    /// <summary>Operations of no rollout, and of those under way that have come to their wave.</summary>
    public static IQueryable<OperationRow> Open(ControllerDbContext db, IQueryable<OperationRow> rows) => rows.Where(row =>
        row.RolloutNumber == null
        || db.Set<RolloutServerRow>().Any(server =>
            server.RolloutNumber == row.RolloutNumber && server.ServerId == row.ServerId && !server.IsLeftOut
            && db.Set<RolloutRow>().Any(rollout =>
                rollout.RolloutNumber == server.RolloutNumber && rollout.State == RolloutState.UnderWay && server.Wave <= rollout.Wave)));

    /// <summary>Why the order of an operation of a rollout does not go to its server; empty when nothing of the rollout is in the way.</summary>
    public static async Task<string> WhyNotAsync(ControllerDbContext db, OperationRow row, CancellationToken cancellationToken)
    {
        if (row.RolloutNumber is not { } number)
            return "";
        RolloutRow rollout = await db.Set<RolloutRow>().AsNoTracking().SingleAsync(found => found.RolloutNumber == number, cancellationToken);
        RolloutServerRow server = await db.Set<RolloutServerRow>().AsNoTracking()
            .SingleAsync(found => found.RolloutNumber == number && found.ServerId == row.ServerId, cancellationToken);
        return rollout.State == RolloutState.Held ? $"Rollout {number} is held: {rollout.HeldBecause}"
            : server.IsLeftOut ? $"Rollout {number} leaves this server out."
            : server.Wave > rollout.Wave ? $"It is of wave {server.Wave} of rollout {number}, where wave {rollout.Wave} has not succeeded yet."
            : "";
    }
}
