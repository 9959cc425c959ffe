using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Operations;

/// <summary>
/// Whether there are grounds for an order: its server, the request that it is for, the incident that makes it an emergency, the operation
/// that it undoes, the rollout that it is part of.
/// </summary>
internal static class DraftGrounds
{
    private static readonly RequestState[] Workable = [RequestState.Received, RequestState.Accepted, RequestState.InWork];

    /// <summary>Why there are none; absent when there are.</summary>
    public static async Task<OperationOutcome?> WhyNotAsync(
        ControllerDbContext db, OperationDraft draft, string serverId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (draft.WindowFault(now) is { } window)
            return new OperationOutcome.Refused($"Nothing is drafted: {window}.", ByState: false);
        return await WhyNoRequestAsync(db, draft, serverId, now, cancellationToken)
            ?? await WhyNoIncidentAsync(db, draft, serverId, cancellationToken)
            ?? await WhyUndoneAsync(db, draft, cancellationToken)
            ?? await WhyNotOfRolloutAsync(db, draft, serverId, cancellationToken);
    }

    /// <summary>A request is worked on, so that an order may be for it.</summary>
    public static async Task<bool> IsWorkedOnAsync(ControllerDbContext db, long number, DateTimeOffset now, CancellationToken cancellationToken) =>
        await StoredRequest.LoadAsync(db, db.Set<RequestRow>().Where(row => row.RequestNumber == number), cancellationToken) is [var request]
        && request.At(now) is var status && Workable.Contains(status.State) && !AwaitsQuote(status);

    /// <summary>The id of the server of this name; absent when there is none.</summary>
    public static Task<string?> ServerAsync(ControllerDbContext db, string name, CancellationToken cancellationToken)
    {
        string key = RecordName.KeyOf(name);
        return db.Set<ServerRow>().Where(row => row.NameKey == key).Select(row => row.ServerId).SingleOrDefaultAsync(cancellationToken);
    }

    private static async Task<OperationOutcome?> WhyNoRequestAsync(
        ControllerDbContext db, OperationDraft draft, string serverId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (draft.RequestNumber is not { } number)
            return null;
        IReadOnlyList<StoredRequest> found = await StoredRequest.LoadAsync(
            db, db.Set<RequestRow>().Where(row => row.RequestNumber == number), cancellationToken);
        if (found is not [var request])
            return new OperationOutcome.NotFound($"There is no request '{number}': see haisoftctl request list --all.");
        if (!request.ServerIds.Contains(serverId))
            return new OperationOutcome.Refused($"Request {number} is not for {draft.Server}.");
        RequestStatus status = request.At(now);
        if (AwaitsQuote(status))
            return new OperationOutcome.Refused($"Request {number} is not included: nothing is done before the customer has accepted a quote (it is in state {status.State}).");
        return Workable.Contains(status.State) ? null : new OperationOutcome.Refused($"Request {number} is in state {status.State}: nothing is done for it.");
    }

    private static bool AwaitsQuote(RequestStatus status) => status is { NeedsQuote: true, State: not (RequestState.Accepted or RequestState.InWork) };

    private static async Task<OperationOutcome?> WhyNoIncidentAsync(
        ControllerDbContext db, OperationDraft draft, string serverId, CancellationToken cancellationToken)
    {
        if (draft.IncidentNumber is not { } number)
            return null;
        return await IsOpenAsync(db, number, serverId, cancellationToken)
            ? null
            : new OperationOutcome.Refused($"No incident {number} is open on {draft.Server}: it is no emergency.");
    }

    // What is undone twice would go back behind what was there before.
    private static async Task<OperationOutcome?> WhyUndoneAsync(ControllerDbContext db, OperationDraft draft, CancellationToken cancellationToken)
    {
        if (draft.UndoesNumber is not { } number)
            return null;
        OperationRow? other = await db.Set<OperationRow>().AsNoTracking()
            .Where(row => row.UndoesNumber == number && OperationLife.StandsOrMay.Contains(row.State)).OrderByDescending(row => row.OperationNumber)
            .FirstOrDefaultAsync(cancellationToken);
        return other is null
            ? null
            : new OperationOutcome.Refused($"Operation {number} is undone by operation {other.OperationNumber} already, which is in state {other.State}.");
    }

    private static async Task<OperationOutcome?> WhyNotOfRolloutAsync(
        ControllerDbContext db, OperationDraft draft, string serverId, CancellationToken cancellationToken)
    {
        if (draft.Rollout is not { } part)
            return null;
        if (!await db.Set<RolloutRow>().AnyAsync(row => row.RolloutNumber == part.Number && RolloutLife.Open.Contains(row.State), cancellationToken))
            return new OperationOutcome.Refused($"Rollout {part.Number} has ended: nothing is drafted for it.");
        return await db.Set<OperationRow>().AnyAsync(row => row.RolloutNumber == part.Number && row.ServerId == serverId, cancellationToken)
            ? new OperationOutcome.Refused($"Rollout {part.Number} has its operation on {draft.Server} already.")
            : null;
    }

    /// <summary>An incident is open on a server.</summary>
    public static Task<bool> IsOpenAsync(ControllerDbContext db, long number, string serverId, CancellationToken cancellationToken) =>
        db.Set<IncidentRow>().AnyAsync(
            row => row.IncidentNumber == number && row.ServerId == serverId && row.State != IncidentState.Resolved, cancellationToken);
}
