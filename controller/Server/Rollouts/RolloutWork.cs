using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Rollouts;

/// <summary>What technicians do about a rollout: have it go on without what did not succeed, or end it.</summary>
internal sealed class RolloutWork(RolloutStory story, RolloutProgress progress, OperationWork operations, WriteGate gate)
{
    private static readonly OperationState[] TakenBack =
        [.. OperationLife.NotSent, OperationState.Sent, OperationState.Received, OperationState.Verified, OperationState.Fetched];

    /// <summary>A held rollout goes on. Servers whose operation did not succeed, or that make no plan, are left out.</summary>
    public Task<OperationOutcome> ResumeAsync(long number, string why, OperationActor by, CancellationToken cancellationToken) => ChangeAsync(
        number,
        why,
        async (session, rollout, token) =>
        {
            if (rollout.State != RolloutState.Held)
                return new OperationOutcome.Refused($"Rollout {number} is in state {rollout.State}: only one that is held is resumed.");
            if (rollout.WindowEndTime <= session.Now)
                return new OperationOutcome.Refused($"Rollout {number} cannot go on, because its window is over: start a new one for the servers that are left.");
            rollout.State = RolloutState.UnderWay;
            rollout.HeldBecause = "";
            await story.AddAsync(session, rollout, RolloutStep.Resume, why.Trim(), by, token);
            foreach ((RolloutServerRow server, string name) in await FailedAsync(session, number, token))
            {
                server.IsLeftOut = true;
                await story.AddAsync(session, rollout, RolloutStep.LeaveOut, name, OperationActor.Controller, token);
            }

            await progress.AdvanceAsync(session, rollout, token);
            return null;
        },
        cancellationToken);

    /// <summary>A rollout ends: what no server has begun is cancelled, or its server asked to leave it.</summary>
    public Task<OperationOutcome> CancelAsync(long number, string why, OperationActor by, CancellationToken cancellationToken) => ChangeAsync(
        number,
        why,
        async (session, rollout, token) =>
        {
            if (!RolloutLife.Open.Contains(rollout.State))
                return new OperationOutcome.Refused($"Rollout {number} is in state {rollout.State}: nothing of it is left to cancel.");
            rollout.State = RolloutState.Cancelled;
            rollout.HeldBecause = "";
            await story.AddAsync(session, rollout, RolloutStep.Cancel, why.Trim(), by, token);
            List<OperationRow> begunByNone = await session.Db.Set<OperationRow>()
                .Where(row => row.RolloutNumber == number && TakenBack.Contains(row.State) && !row.CancelAsked).ToListAsync(token);
            foreach (OperationRow row in begunByNone)
                await operations.TakeBackAsync(session, row, $"rollout {number}: {why.Trim()}", by, token);
            return null;
        },
        cancellationToken);

    private static async Task<IReadOnlyList<(RolloutServerRow Server, string Name)>> FailedAsync(WriteSession session, long number, CancellationToken cancellationToken)
    {
        var failed = await session.Db.Set<RolloutServerRow>()
            .Where(server => server.RolloutNumber == number && !server.IsLeftOut && (server.HasNoPlan || session.Db.Set<OperationRow>().Any(row =>
                row.RolloutNumber == number && row.ServerId == server.ServerId && RolloutLife.Stops.Contains(row.State))))
            .Join(session.Db.Set<ServerRow>(), server => server.ServerId, record => record.ServerId, (server, record) => new { Server = server, record.Name })
            .OrderBy(found => found.Server.Place).ToListAsync(cancellationToken);
        return [.. failed.Select(found => (found.Server, found.Name))];
    }

    private Task<OperationOutcome> ChangeAsync(
        long number, string why, Func<WriteSession, RolloutRow, CancellationToken, Task<OperationOutcome?>> change, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                if (OperationSteps.Judge(why) is { } faulty)
                    return faulty;
                if (await session.Db.Set<RolloutRow>().SingleOrDefaultAsync(row => row.RolloutNumber == number, token) is not { } rollout)
                    return NotThere(number);
                return await change(session, rollout, token) ?? new OperationOutcome.Done(number);
            },
            cancellationToken);

    /// <summary>There is no rollout of this number.</summary>
    public static OperationOutcome.NotFound NotThere(long number) => new($"There is no rollout '{number}': see haisoftctl rollout list.");
}
