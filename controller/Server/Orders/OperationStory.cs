using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Orders;

/// <summary>Writes steps of operations: where it stands then, the step and its audit, in one transaction.</summary>
internal sealed class OperationStory(AuditLog audit, RolloutProgress rollouts, OperationChanges changes)
{
    /// <summary>How soon an emergency, or what did not end as it should, is to be reviewed.</summary>
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromHours(24);

    /// <summary>Takes a step, if its life allows it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="row">The operation, of this transaction.</param>
    /// <param name="step">Which.</param>
    /// <param name="text">Why, or what came with it; empty where the step says it all.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when it does not follow: nothing was written.</returns>
    public async Task<bool> TakeAsync(
        WriteSession session, OperationRow row, OperationStep step, string text, OperationActor by, CancellationToken cancellationToken)
    {
        if (OperationLife.After(row.State, step, by.Party) is not { } next)
            return false;
        // What a technician settles somebody has looked at.
        if (next != row.State && OperationLife.IsToBeReviewed(next) && by.Party == OperationParty.Server)
            row.ReviewDueTime = session.Now + ReviewWithin;
        bool isElsewhere = next != row.State;
        row.State = next;
        await AddAsync(session, row, step, text, by, cancellationToken);
        if (isElsewhere)
            await rollouts.FollowAsync(session, row, cancellationToken);
        return true;
    }

    /// <summary>A technician has said how it ended.</summary>
    public static Task<bool> SettledAsync(ControllerDbContext db, long number, CancellationToken cancellationToken) =>
        db.Set<OperationEventRow>().AnyAsync(e => e.OperationNumber == number && OperationLife.Settling.Contains(e.Step), cancellationToken);

    /// <summary>Writes a step down, with what else was changed of the operation.</summary>
    public async Task AddAsync(
        WriteSession session, OperationRow row, OperationStep step, string text, OperationActor by, CancellationToken cancellationToken)
    {
        session.Db.Add(new OperationEventRow
        {
            OperationNumber = row.OperationNumber,
            Step = step,
            OccurredTime = session.Now,
            Actor = by.Id,
            Text = text,
            PlanHash = step == OperationStep.Consent ? row.PlanHash : "",
        });
        await session.Db.SaveChangesAsync(cancellationToken);
        // No words: a server's are hostile, and a customer's may name people.
        Dictionary<string, string> detail = new() { ["by"] = by.Id, ["order"] = row.OrderId, ["plan"] = row.PlanHash };
        await audit.AppendAsync(session, new(by.AuditName, $"operation.{step}", $"operation:{row.OperationNumber}", detail), cancellationToken);
        session.AfterCommit(() => changes.Touch(row.OperationNumber, row.ServerId));
    }
}
