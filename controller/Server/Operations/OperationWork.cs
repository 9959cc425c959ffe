using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Orders;

namespace HaiSoft.Controller.Operations;

/// <summary>What people do about operations besides signing them: consent, cancel, review.</summary>
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
                if (await story.TakeAsync(session, row, OperationStep.Cancel, note.Trim(), by, token))
                    return null;
                bool before = row.CancelAsked;
                row.CancelAsked = true;
                if (before || !await story.TakeAsync(session, row, OperationStep.AskCancel, note.Trim(), by, token))
                {
                    return new OperationOutcome.Refused(before
                        ? $"Operation {number}: its server was asked already."
                        : $"Operation {number} is in state {row.State}: it cannot be cancelled any more.");
                }

                session.AfterCommit(() => offers.Look(row.ServerId));
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
