using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Orders;

/// <summary>Has rollouts follow their operations, in the transaction in which those change: on to the next wave, or held.</summary>
internal sealed class RolloutProgress(RolloutStory story)
{
    /// <summary>An operation stands elsewhere now.</summary>
    public async Task FollowAsync(WriteSession session, OperationRow row, CancellationToken cancellationToken)
    {
        if (row.RolloutNumber is null)
            return;
        if (row.State == OperationState.Succeeded)
            await AdvanceAsync(session, await FindAsync(session, row, cancellationToken), cancellationToken);
        else if (RolloutLife.Stops.Contains(row.State))
            await HoldAsync(session, row, row.State.ToString(), cancellationToken);
    }

    /// <summary>Holds the rollout of an operation, if it has one that is under way and does not leave this server out.</summary>
    public async Task HoldAsync(WriteSession session, OperationRow row, string because, CancellationToken cancellationToken)
    {
        if (row.RolloutNumber is null || await IsLeftOutAsync(session, row, cancellationToken))
            return;
        string server = await session.Db.Set<ServerRow>().Where(found => found.ServerId == row.ServerId).Select(found => found.Name).SingleAsync(cancellationToken);
        await HoldAsync(session, await FindAsync(session, row, cancellationToken), $"operation {row.OperationNumber} on {server}: {because}", cancellationToken);
    }

    /// <summary>Holds a rollout that is under way.</summary>
    public async Task HoldAsync(WriteSession session, RolloutRow rollout, string because, CancellationToken cancellationToken)
    {
        if (rollout.State != RolloutState.UnderWay)
            return;
        rollout.State = RolloutState.Held;
        rollout.HeldBecause = because;
        await story.AddAsync(session, rollout, RolloutStep.Hold, because, OperationActor.Controller, cancellationToken);
    }

    /// <summary>Goes on to the wave whose turn it is, or finishes.</summary>
    public async Task AdvanceAsync(WriteSession session, RolloutRow rollout, CancellationToken cancellationToken)
    {
        if (rollout.State != RolloutState.UnderWay)
            return;
        List<int> waitedFor = await session.Db.Set<RolloutServerRow>()
            .Where(server => server.RolloutNumber == rollout.RolloutNumber && !server.IsLeftOut && !session.Db.Set<OperationRow>().Any(row =>
                row.RolloutNumber == rollout.RolloutNumber && row.ServerId == server.ServerId && row.State == OperationState.Succeeded))
            .Select(server => server.Wave).Distinct().ToListAsync(cancellationToken);
        int wave = RolloutLife.WaveAfter(rollout.Wave, rollout.WaveCount, waitedFor);
        if (wave == rollout.Wave)
            return;
        rollout.Wave = wave;
        if (wave <= rollout.WaveCount)
        {
            await story.AddAsync(session, rollout, RolloutStep.BeginWave, $"{wave} of {rollout.WaveCount}", OperationActor.Controller, cancellationToken);
            return;
        }

        rollout.State = RolloutState.Finished;
        await story.AddAsync(session, rollout, RolloutStep.Finish, "", OperationActor.Controller, cancellationToken);
    }

    private static Task<RolloutRow> FindAsync(WriteSession session, OperationRow row, CancellationToken cancellationToken) =>
        session.Db.Set<RolloutRow>().SingleAsync(rollout => rollout.RolloutNumber == row.RolloutNumber, cancellationToken);

    private static Task<bool> IsLeftOutAsync(WriteSession session, OperationRow row, CancellationToken cancellationToken) =>
        session.Db.Set<RolloutServerRow>().AnyAsync(
            server => server.RolloutNumber == row.RolloutNumber && server.ServerId == row.ServerId && server.IsLeftOut, cancellationToken);
}
