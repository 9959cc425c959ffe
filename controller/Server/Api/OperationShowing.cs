using System.Globalization;
using Grpc.Core;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Operations as technicians' command lines see them, at once and live.</summary>
internal sealed class OperationShowing(OperationBoard board, OperationChanges changes, Servers servers)
{
    private static readonly OperationActor Technician = new("", "", OperationParty.Technician);

    public async Task<IEnumerable<Operation>> ListAsync(ListOperationsRequest request, CancellationToken cancellationToken)
    {
        string? serverId = request.Server.Length == 0
            ? null
            : await servers.FindIdAsync(request.Server, cancellationToken) ?? throw Faults.NoServer(request.Server);
        OperationFilter filter = new() { ServerId = serverId, IncludeEnded = request.IncludeEnded, ReviewOnly = request.ReviewOnly };
        return (await board.ListAsync(filter, cancellationToken)).Select(OperationMessages.ToMessage);
    }

    public async Task<OperationDetail> FindAsync(long number, CancellationToken cancellationToken) =>
        OperationMessages.ToMessage(await board.FindAsync(number, Technician, cancellationToken) ?? throw NotThere(number));

    /// <summary>The operation after a step; a step that was not taken is thrown as its status.</summary>
    public Task<OperationDetail> AfterAsync(OperationOutcome outcome, CancellationToken cancellationToken) => FindAsync(NumberOf(outcome), cancellationToken);

    /// <summary>What was written; what was not is thrown as its status.</summary>
    public static long NumberOf(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Done done => done.Number,
        OperationOutcome.NotFound missing => throw new RpcException(new Status(StatusCode.NotFound, missing.Words)),
        OperationOutcome.Refused refused => throw new RpcException(new Status(
            refused.ByState ? StatusCode.FailedPrecondition : StatusCode.InvalidArgument, refused.Words)),
        _ => throw new InvalidOperationException("a step of an operation ended in a way that has no answer"),
    };

    /// <summary>All that the server told, from its beginning; then what follows, until nothing does.</summary>
    public async Task WatchAsync(long number, IServerStreamWriter<WatchOperationResponse> responses, CancellationToken cancellationToken)
    {
        using OperationChanges.Watch watch = changes.Of(number);
        long last = 0;
        Operation? before = null;
        while (true)
        {
            (OperationView view, IReadOnlyList<OperationEntryRow> entries) =
                await board.NewsAsync(number, last, cancellationToken) ?? throw NotThere(number);
            Operation now = OperationMessages.ToMessage(view);
            if (before is null)
                await responses.WriteAsync(new WatchOperationResponse { Operation = now }, cancellationToken);
            foreach (OperationEntryRow entry in entries)
            {
                await responses.WriteAsync(new WatchOperationResponse { Report = OperationMessages.ToMessage(entry) }, cancellationToken);
                last = entry.Arrival;
            }

            if (before is not null && !now.Equals(before))
                await responses.WriteAsync(new WatchOperationResponse { Operation = now }, cancellationToken);
            before = now;
            if (view.IsEnded)
                return;
            await watch.Changes.ReadAsync(cancellationToken);
        }
    }

    private static RpcException NotThere(long number) => Faults.NoOperation(number.ToString(CultureInfo.InvariantCulture));
}
