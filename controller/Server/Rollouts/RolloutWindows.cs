using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Rollouts;

/// <summary>Ends rollouts that were not finished in their window, once nothing of them runs any more.</summary>
internal sealed class RolloutWindows(IDbContextFactory<ControllerDbContext> contexts, RolloutStory story, WriteGate gate, TimeProvider time)
{
    // What is unknown waits for people.
    private static readonly OperationState[] AtWork = [.. OperationLife.Open.Where(state => state != OperationState.Unknown)];

    /// <summary>Ends those whose window is over.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        long[] over;
        DateTimeOffset now = time.GetUtcNow();
        await using (ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken))
            over = await Over(db, now).Select(row => row.RolloutNumber).ToArrayAsync(cancellationToken);
        foreach (long number in over)
        {
            await gate.WriteAsync(
                async (session, token) =>
                {
                    if (await Over(session.Db, session.Now).SingleOrDefaultAsync(row => row.RolloutNumber == number, token) is not { } rollout)
                        return;
                    rollout.State = RolloutState.WindowOver;
                    rollout.HeldBecause = "";
                    await story.AddAsync(session, rollout, RolloutStep.RunOut, "", OperationActor.Controller, token);
                },
                cancellationToken);
        }
    }

    private static IQueryable<RolloutRow> Over(ControllerDbContext db, DateTimeOffset now) => db.Set<RolloutRow>().Where(rollout =>
        RolloutLife.Open.Contains(rollout.State) && rollout.WindowEndTime <= now
        && !db.Set<OperationRow>().Any(row => row.RolloutNumber == rollout.RolloutNumber && AtWork.Contains(row.State)));
}
