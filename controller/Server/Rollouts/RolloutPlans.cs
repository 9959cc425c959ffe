using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Rollouts;

/// <summary>Which servers of rollouts have no operation yet, and what comes of asking one for its plan.</summary>
internal sealed class RolloutPlans(
    IDbContextFactory<ControllerDbContext> contexts, OperationDrafting drafting, RolloutStory story, RolloutProgress progress, WriteGate gate, TimeProvider time)
{
    // What may be otherwise in a minute.
    private static readonly PlanRefusalReason[] Passing =
    [
        PlanRefusalReason.Busy, PlanRefusalReason.Locked, PlanRefusalReason.Repository, PlanRefusalReason.TimedOut, PlanRefusalReason.Helper,
    ];

    /// <summary>Servers that are still to make a plan, the oldest rollout's first, in the order of its waves.</summary>
    public async Task<IReadOnlyList<Unplanned>> FindAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<RolloutServerRow>().AsNoTracking()
            .Where(server => !server.IsLeftOut && !server.HasNoPlan
                && db.Set<RolloutRow>().Any(row => row.RolloutNumber == server.RolloutNumber && RolloutLife.Open.Contains(row.State) && row.WindowEndTime > now)
                && !db.Set<OperationRow>().Any(row => row.RolloutNumber == server.RolloutNumber && row.ServerId == server.ServerId))
            .OrderBy(server => server.RolloutNumber).ThenBy(server => server.Place)
            .Select(server => new Unplanned(server.RolloutNumber, server.ServerId)).ToListAsync(cancellationToken);
    }

    /// <summary>Has one make its plan, and drafts its operation. What cannot be done there holds the rollout.</summary>
    /// <returns>False when it is to be asked again, but not at once.</returns>
    public async Task<bool> DraftAsync(Unplanned unplanned, CancellationToken cancellationToken)
    {
        (OperationDraft draft, OperationActor by) = await ReadAsync(unplanned, cancellationToken);
        switch (await drafting.DraftAsync(draft, by, cancellationToken))
        {
            case OperationOutcome.Done:
                return true;
            case OperationOutcome.Refused { NothingToDo: true } nothing:
                await NoteAsync(unplanned, nothing.Words, LeaveOutAsync, cancellationToken);
                return true;
            case OperationOutcome.NoPlan { Why: Planned.Refused { Why: { } why } refused } when !Passing.Contains(why.Reason):
                await NoteAsync(unplanned, refused.WhyNot(draft.Server), HoldAsync, cancellationToken);
                return true;
            case OperationOutcome.NoPlan { Why: Planned.Offline }:
                return true;
            case OperationOutcome.NoPlan none:
                await NoteAsync(unplanned, none.Why.WhyNot(draft.Server), then: null, cancellationToken);
                return false;
            case OperationOutcome.Refused refused:
                await NoteAsync(unplanned, refused.Words, then: null, cancellationToken);
                return false;
            default:
                return false;
        }
    }

    private async Task<(OperationDraft Draft, OperationActor By)> ReadAsync(Unplanned unplanned, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RolloutRow rollout = await db.Set<RolloutRow>().AsNoTracking().SingleAsync(row => row.RolloutNumber == unplanned.Rollout, cancellationToken);
        string server = await db.Set<ServerRow>().Where(row => row.ServerId == unplanned.ServerId).Select(row => row.Name).SingleAsync(cancellationToken);
        string name = (await ActorNames.ReadAsync(db, [rollout.StartedBy], cancellationToken)).Of(rollout.StartedBy);
        OperationDraft draft = new(
            server,
            PlanRequest.Parser.ParseFrom(rollout.Ask),
            PlanHash: "",
            rollout.RequestNumber,
            IncidentNumber: null,
            rollout.WindowStartTime,
            rollout.WindowEndTime,
            Rollout: new(rollout.RolloutNumber, rollout.ServerCount));
        return (draft, new(rollout.StartedBy, name, OperationParty.Technician));
    }

    private Task NoteAsync(
        Unplanned unplanned, string note, Func<WriteSession, RolloutRow, RolloutServerRow, CancellationToken, Task>? then, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                RolloutRow rollout = await session.Db.Set<RolloutRow>().SingleAsync(row => row.RolloutNumber == unplanned.Rollout, token);
                RolloutServerRow server = await session.Db.Set<RolloutServerRow>()
                    .SingleAsync(row => row.RolloutNumber == unplanned.Rollout && row.ServerId == unplanned.ServerId, token);
                server.Note = note;
                if (then is not null)
                    await then(session, rollout, server, token);
                await session.Db.SaveChangesAsync(token);
            },
            cancellationToken);

    private async Task LeaveOutAsync(WriteSession session, RolloutRow rollout, RolloutServerRow server, CancellationToken cancellationToken)
    {
        server.IsLeftOut = true;
        await story.AddAsync(session, rollout, RolloutStep.LeaveOut, server.Note, OperationActor.Controller, cancellationToken);
        await progress.AdvanceAsync(session, rollout, cancellationToken);
    }

    private Task HoldAsync(WriteSession session, RolloutRow rollout, RolloutServerRow server, CancellationToken cancellationToken)
    {
        server.HasNoPlan = true;
        return progress.HoldAsync(session, rollout, server.Note, cancellationToken);
    }
}

/// <summary>A server of a rollout that has no operation yet.</summary>
internal readonly record struct Unplanned(long Rollout, string ServerId);
