using Google.Protobuf;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Operations;

/// <summary>
/// Drafts operations that undo others. What is brought back the server finds by its own journal and files; here is refused first what
/// cannot be.
/// </summary>
internal sealed class OperationUndoing(IDbContextFactory<ControllerDbContext> contexts, OperationBoard board, OperationDrafting drafting, TimeProvider time)
{
    /// <summary>Drafts it: it waits for approval like any other.</summary>
    /// <param name="number">The operation that is undone.</param>
    /// <param name="incident">An emergency: the incident that is open on the server; absent otherwise.</param>
    /// <param name="window">From and until when it may be begun; absent as in a draft.</param>
    /// <param name="reboot">Whether the server reboots afterwards.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the wait for the plan.</param>
    public async Task<OperationOutcome> DraftAsync(
        long number, long? incident, (DateTimeOffset? From, DateTimeOffset? Until) window, RebootPolicy reboot, OperationActor by, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(number, by, cancellationToken) is not { } detail)
            return OperationSteps.NotThere(number);
        if (UndoGrounds.WhyNot(detail) is { } why)
            return new OperationOutcome.Refused($"Operation {number} cannot be undone: {why}");
        OperationRow row = detail.Operation.Row;
        PlanRequest ask = new() { Undo = new Undo { OrderId = ByteString.CopyFrom(Convert.FromHexString(row.OrderId)) } };
        OperationDraft draft = new(
            detail.Operation.Server, ask, PlanHash: "", await RequestAsync(row, cancellationToken), incident, window.From, window.Until, number, Reboot: reboot);
        return await drafting.DraftAsync(draft, by, cancellationToken);
    }

    // The customer sees it, and is asked, where its request is still worked on.
    private async Task<long?> RequestAsync(OperationRow row, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return row.RequestNumber is { } request && await DraftGrounds.IsWorkedOnAsync(db, request, time.GetUtcNow(), cancellationToken) ? request : null;
    }
}
