using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Orders;

/// <summary>Writes steps of rollouts: the step, where the rollout stands then, and its audit, in one transaction.</summary>
internal sealed class RolloutStory(AuditLog audit, OperationChanges changes)
{
    /// <summary>Writes a step down, with what else was changed in this transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="rollout">The rollout, of this transaction.</param>
    /// <param name="step">Which.</param>
    /// <param name="text">Why, or what came with it.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AddAsync(
        WriteSession session, RolloutRow rollout, RolloutStep step, string text, OperationActor by, CancellationToken cancellationToken)
    {
        session.Db.Add(new RolloutEventRow
        {
            RolloutNumber = rollout.RolloutNumber,
            Step = step,
            OccurredTime = session.Now,
            Actor = by.Id,
            Text = text,
        });
        await session.Db.SaveChangesAsync(cancellationToken);
        // No words, as with operations.
        await audit.AppendAsync(
            session, new(by.AuditName, $"rollout.{step}", $"rollout:{rollout.RolloutNumber}", new Dictionary<string, string> { ["by"] = by.Id }), cancellationToken);
        session.AfterCommit(changes.TouchRollout);
    }
}
