using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Operations;

/// <summary>What people do about operations besides signing them: consent, cancel, settle, review.</summary>
internal sealed class OperationWork(OperationSteps steps, OperationStory story, OrderOffers offers)
{
    /// <summary>The customer consents to a plan, and exactly that: something stops for a moment, or goes away.</summary>
    /// <param name="number">The operation.</param>
    /// <param name="planHash">SHA-256 of the plan that was read, in hexadecimal.</param>
    /// <param name="by">Somebody of the customer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<OperationOutcome> ConsentAsync(long number, string planHash, OperationActor by, CancellationToken cancellationToken) =>
        steps.ChangeAsync(
            number,
            by,
            async (session, row, token) =>
            {
                if (!row.NeedsConsent || row.PlanHash != planHash)
                    return new OperationOutcome.Refused("This is not the plan that consent is asked for: read it again.");
                if (await OperationBoard.HasConsentAsync(session.Db, number, token))
                    return null;
                if (!await story.TakeAsync(session, row, OperationStep.Consent, "", by, token))
                    return new OperationOutcome.Refused($"Operation {number} is in state {row.State}: no consent is asked for any more.");
                session.AfterCommit(() => offers.Look(row.ServerId));
                return null;
            },
            cancellationToken);

    /// <summary>It is not wanted any more: nobody sends it, or its server is asked to leave it, which may come too late.</summary>
    public Task<OperationOutcome> CancelAsync(long number, string note, OperationActor by, CancellationToken cancellationToken) =>
        steps.ChangeAsync(
            number,
            by,
            async (session, row, token) =>
            {
                if (OperationSteps.Judge(note) is { } faulty)
                    return faulty;
                return await TakeBackAsync(session, row, note.Trim(), by, token);
            },
            cancellationToken);

    /// <summary>As <see cref="CancelAsync"/>, in a transaction that is open.</summary>
    /// <returns>Why it cannot be any more; absent when it was.</returns>
    public async Task<OperationOutcome.Refused?> TakeBackAsync(
        WriteSession session, OperationRow row, string note, OperationActor by, CancellationToken cancellationToken)
    {
        if (await story.TakeAsync(session, row, OperationStep.Cancel, note, by, cancellationToken))
            return null;
        bool before = row.CancelAsked;
        row.CancelAsked = true;
        if (before || !await story.TakeAsync(session, row, OperationStep.AskCancel, note, by, cancellationToken))
        {
            return new OperationOutcome.Refused(before
                ? $"Operation {row.OperationNumber}: its server was asked already."
                : $"Operation {row.OperationNumber} is in state {row.State}: it cannot be cancelled any more.");
        }

        session.AfterCommit(() => offers.Look(row.ServerId));
        return null;
    }

    /// <summary>A technician has looked at what is in place, where its server could not repair what was broken off, and says how it ended.</summary>
    /// <param name="number">The operation.</param>
    /// <param name="succeeded">Everything that was approved is in place.</param>
    /// <param name="why">What was found.</param>
    /// <param name="by">A technician.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<OperationOutcome> SettleAsync(long number, bool succeeded, string why, OperationActor by, CancellationToken cancellationToken) =>
        steps.ChangeAsync(
            number,
            by,
            async (session, row, token) =>
            {
                if (OperationSteps.Judge(why) is { } faulty)
                    return faulty;
                if (OperationLife.WhyNotSettled(row.State) is { } words)
                    return new OperationOutcome.Refused($"Operation {number} is in state {row.State}: {words}");
                // Whether there was an emergency is for its own review.
                if (row.IncidentNumber is null)
                    row.ReviewDueTime = null;
                OperationStep step = succeeded ? OperationStep.SettleSucceeded : OperationStep.SettleFailed;
                if (!await story.TakeAsync(session, row, step, why.Trim(), by, token))
                    return new OperationOutcome.Refused("A technician settles it.");
                ServerWarnings.SetOrClear(session, row.ServerId, ServerWarnings.Operation(number), text: null);
                return null;
            },
            cancellationToken);

    /// <summary>Somebody has looked at an emergency, or at what did not end as it should.</summary>
    public Task<OperationOutcome> ReviewAsync(long number, string note, OperationActor by, CancellationToken cancellationToken) =>
        steps.ChangeAsync(
            number,
            by,
            async (session, row, token) =>
            {
                if (OperationSteps.Judge(note) is { } faulty)
                    return faulty;
                if (row.ReviewDueTime is null)
                    return new OperationOutcome.Refused($"Operation {number} is not to be reviewed.");
                row.ReviewDueTime = null;
                await story.TakeAsync(session, row, OperationStep.Review, note.Trim(), by, token);
                ServerWarnings.SetOrClear(session, row.ServerId, ServerWarnings.Operation(number), text: null);
                return null;
            },
            cancellationToken);
}
