using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Orders;

/// <summary>What waits for its server or for its end: every deadline is a row.</summary>
internal sealed class OrderQueue(
    IDbContextFactory<ControllerDbContext> contexts, WriteGate gate, OperationStory story, OrderSealing sealing, TimeProvider time)
{
    /// <summary>Servers for which an order is approved and its window is open.</summary>
    public async Task<IReadOnlyList<string>> ServersWithDueAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Due(db, [OperationState.Approved]).Select(row => row.ServerId).Distinct().ToListAsync(cancellationToken);
    }

    /// <summary>Servers with an operation in which something may still follow.</summary>
    public async Task<IReadOnlyList<string>> ServersWithOpenAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<OperationRow>().Where(row => OperationLife.Open.Contains(row.State)).Select(row => row.ServerId).Distinct().ToListAsync(cancellationToken);
    }

    /// <summary>Orders that a server is to be sent now, the oldest first.</summary>
    /// <param name="serverId">The server.</param>
    /// <param name="again">Also those that were sent, and that it has not told of.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<OperationRow>> DueAsync(string serverId, bool again, CancellationToken cancellationToken)
    {
        OperationState[] states = again ? [OperationState.Approved, OperationState.Sent] : [OperationState.Approved];
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Due(db, states).AsNoTracking().Where(row => row.ServerId == serverId)
            .OrderBy(row => row.OperationNumber).ToListAsync(cancellationToken);
    }

    /// <summary>Orders that a server is asked to leave, and has not told whether it did.</summary>
    public async Task<IReadOnlyList<OperationRow>> CancelledAsync(string serverId, CancellationToken cancellationToken)
    {
        OperationState[] states = [OperationState.Sent, OperationState.Received, OperationState.Verified, OperationState.Fetched];
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<OperationRow>().AsNoTracking()
            .Where(row => row.ServerId == serverId && row.CancelAsked && states.Contains(row.State)).ToListAsync(cancellationToken);
    }

    /// <summary>Notes that an order is sent, and seals it.</summary>
    /// <returns>The envelope; null when it is not to be sent any more, with why where it would be refused.</returns>
    public async Task<(byte[]? Envelope, string WhyNot)> TakeAsync(long number, CancellationToken cancellationToken) =>
        await gate.WriteAsync<(byte[]? Envelope, string WhyNot)>(
            async (session, token) =>
            {
                OperationRow row = await session.Db.Set<OperationRow>().SingleAsync(operation => operation.OperationNumber == number, token);
                if (row.State is not (OperationState.Approved or OperationState.Sent) || row.CancelAsked || row.WindowEndTime <= session.Now)
                    return (null, "");
                // In this transaction, so that nothing goes after the failure that holds its rollout.
                if (!await RolloutGate.Open(session.Db, session.Db.Set<OperationRow>().Where(operation => operation.OperationNumber == number)).AnyAsync(token))
                    return (null, "");
                Judged<byte[]> whole = await sealing.SealAsync(row, await SignaturesAsync(session.Db, number, token), session.Now, token);
                if (whole.Refusal is { } refusal)
                    return (null, refusal.Words);
                await story.TakeAsync(session, row, OperationStep.Send, "", OperationActor.Controller, token);
                return (whole.Accepted, "");
            },
            cancellationToken);

    /// <summary>Tells of what nobody sent, or no server told of, before its window was over.</summary>
    public async Task ExpireAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        long[] over;
        await using (ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            over = await db.Set<OperationRow>()
                .Where(row => OperationLife.Expiring.Contains(row.State) && row.WindowEndTime <= now)
                .Select(row => row.OperationNumber).ToArrayAsync(cancellationToken);
        }

        foreach (long number in over)
        {
            await gate.WriteAsync(
                async (session, token) =>
                {
                    OperationRow row = await session.Db.Set<OperationRow>().SingleAsync(operation => operation.OperationNumber == number, token);
                    await story.TakeAsync(session, row, OperationStep.Expire, "", OperationActor.Controller, token);
                },
                cancellationToken);
        }
    }

    /// <summary>The signatures that came for an order.</summary>
    public static async Task<IReadOnlyList<Signature>> SignaturesAsync(ControllerDbContext db, long number, CancellationToken cancellationToken)
    {
        List<byte[]> encoded = await db.Set<OperationSignatureRow>().AsNoTracking()
            .Where(row => row.OperationNumber == number).OrderBy(row => row.SignedTime).Select(row => row.Signature).ToListAsync(cancellationToken);
        return [.. encoded.Select(Signature.Parser.ParseFrom)];
    }

    private IQueryable<OperationRow> Due(ControllerDbContext db, OperationState[] states)
    {
        DateTimeOffset now = time.GetUtcNow();
        return RolloutGate.Open(db, db.Set<OperationRow>()).Where(row => states.Contains(row.State) && !row.CancelAsked && row.WindowStartTime <= now && row.WindowEndTime > now
            && (!row.NeedsConsent
                || db.Set<OperationEventRow>().Any(e => e.OperationNumber == row.OperationNumber && e.Step == OperationStep.Consent)));
    }
}
