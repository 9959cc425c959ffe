using Google.Protobuf;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Operations;

/// <summary>Drafts orders, each from a plan of its server; approvers sign what is drafted here, bit by bit as it is.</summary>
internal sealed class OperationDrafting(PlanAsking plans, OrderSealing sealing, OrderRight agents, OperationStory story, WriteGate gate)
{
    /// <summary>Drafts an order: it waits for approval.</summary>
    /// <param name="draft">From what.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the wait for the plan, and the draft before it is written.</param>
    public async Task<OperationOutcome> DraftAsync(OperationDraft draft, OperationActor by, CancellationToken cancellationToken)
    {
        // What cannot be is told before a server resolves for a quarter of an hour.
        (string serverId, OperationOutcome? groundless) = await gate.WriteAsync((session, token) => JudgeAsync(session, draft, token), cancellationToken);
        if (groundless is not null)
            return groundless;
        string hash = draft.PlanHash;
        if (draft.Ask is { } ask)
        {
            Planned planned = await plans.AskAsync(draft.Server, ask, by.AuditName, cancellationToken);
            if (planned is not Planned.Made made)
                return new OperationOutcome.NoPlan(planned);
            hash = made.Hash;
        }

        AgentRow? agent = await agents.LastAgentAsync(serverId, cancellationToken);
        return await gate.WriteAsync(
            async (session, token) =>
            {
                (_, OperationOutcome? refused) = await JudgeAsync(session, draft, token);
                return refused ?? await WriteAsync(session, draft, serverId, hash, agent?.MachineId, by, token);
            },
            cancellationToken);
    }

    private static async Task<(string ServerId, OperationOutcome? Refused)> JudgeAsync(
        WriteSession session, OperationDraft draft, CancellationToken cancellationToken) =>
        await DraftGrounds.ServerAsync(session.Db, draft.Server, cancellationToken) is { } serverId
            ? (serverId, await DraftGrounds.WhyNotAsync(session.Db, draft, serverId, session.Now, cancellationToken))
            : ("", new OperationOutcome.NotFound($"There is no server '{draft.Server}': see haisoftctl servers."));

    private async Task<OperationOutcome> WriteAsync(
        WriteSession session, OperationDraft draft, string serverId, string hash, string? machineId, OperationActor by, CancellationToken cancellationToken)
    {
        PlanRow? kept = await session.Db.Set<PlanRow>().SingleOrDefaultAsync(row => row.PlanHash == hash && row.ServerId == serverId, cancellationToken);
        if (kept is null)
            return new OperationOutcome.NotFound($"{draft.Server} made no plan {hash}, or it is not kept any more: plan again.");
        Plan plan = Plan.Parser.ParseFrom(kept.Content);
        if (plan.MachineId != machineId)
            return new OperationOutcome.Refused($"The plan is for the machine {plan.MachineId}, and {draft.Server} is another one now: plan again.");
        if (plan.Changes.Count == 0)
            return new OperationOutcome.Refused($"Nothing is left to do on {draft.Server}: the plan changes nothing.", NothingToDo: true);
        Order order = OrderMaking.Make(draft, plan, hash, session.Now);
        if (await WhyNotAsync(order, session.Now, cancellationToken) is { } why)
            return new OperationOutcome.Refused($"Nothing is drafted, because servers would refuse it. {why}");
        kept.LastUsedTime = session.Now;
        OperationRow row = RowOf(draft, order, serverId, plan, by, session.Now);
        session.Db.Add(row);
        await session.Db.SaveChangesAsync(cancellationToken);
        await story.AddAsync(session, row, OperationStep.Draft, row.UndoesNumber is { } undone ? $"undoes operation {undone}" : "", by, cancellationToken);
        await TellUndoneAsync(session, row, by, cancellationToken);
        return new OperationOutcome.Done(row.OperationNumber);
    }

    private async Task TellUndoneAsync(WriteSession session, OperationRow undo, OperationActor by, CancellationToken cancellationToken)
    {
        if (undo.UndoesNumber is not { } number)
            return;
        OperationRow undone = await session.Db.Set<OperationRow>().SingleAsync(row => row.OperationNumber == number, cancellationToken);
        await story.TakeAsync(session, undone, OperationStep.Undo, $"by operation {undo.OperationNumber}", by, cancellationToken);
    }

    private async Task<string?> WhyNotAsync(Order order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Judged<TrustedCatalogue> catalogue = await sealing.CatalogueAsync(now, cancellationToken);
        return catalogue.Refusal?.Words
            ?? OrderSigning.WhyNotListed(order, catalogue.Accepted)?.Words
            ?? (OrderRules.Find(order) is { Count: > 0 } faults ? string.Join(' ', faults) : null);
    }

    private static OperationRow RowOf(
        OperationDraft draft, Order order, string serverId, Plan plan, OperationActor by, DateTimeOffset now) => new()
        {
            OrderId = Convert.ToHexStringLower(order.OrderId.Span),
            ServerId = serverId,
            Kind = order.Kind(),
            Payload = order.ToByteArray(),
            PlanHash = Convert.ToHexStringLower(order.PlanHash.Span),
            RequestNumber = draft.RequestNumber,
            IncidentNumber = draft.IncidentNumber,
            UndoesNumber = draft.UndoesNumber,
            RolloutNumber = draft.Rollout?.Number,
            DraftedBy = by.Id,
            DraftedTime = now,
            WindowStartTime = order.WindowStartTime.ToDateTimeOffset(),
            WindowEndTime = order.WindowEndTime.ToDateTimeOffset(),
            State = OperationState.AwaitingApproval,
            NeedsConsent = draft.RequestNumber is not null && OrderMaking.NeedsConsent(order, plan),
        };
}
