using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;

namespace HaiSoft.Controller.Console.Own;

/// <summary>Operations on a customer's own servers. Another customer's are not found.</summary>
internal sealed class OwnOperations(OperationBoard board, OperationWork work)
{
    /// <summary>Those of a request, the newest first.</summary>
    public async Task<IReadOnlyList<OperationDetailView>> OfAsync(long request, OperationActor customer, CancellationToken cancellationToken)
    {
        OperationFilter filter = new() { CustomerId = customer.CustomerId, RequestNumber = request, IncludeEnded = true };
        List<OperationDetailView> found = [];
        foreach (var operation in (await board.ListAsync(filter, cancellationToken)).OrderByDescending(operation => operation.Row.OperationNumber))
        {
            if (await board.FindAsync(operation.Row.OperationNumber, customer, cancellationToken) is { } detail)
                found.Add(detail);
        }

        return found;
    }

    /// <summary>What is done to a server, and the last few that ended there.</summary>
    public Task<IReadOnlyList<OperationView>> LatestAsync(string serverId, OperationActor customer, CancellationToken cancellationToken) =>
        board.ListAsync(OperationFilter.LatestOf(serverId) with { CustomerId = customer.CustomerId }, cancellationToken);

    /// <summary>One; absent when there is none of this number on the customer's servers.</summary>
    public Task<OperationDetailView?> FindAsync(long operation, OperationActor customer, CancellationToken cancellationToken) =>
        board.FindAsync(operation, customer, cancellationToken);

    /// <summary>Consents to the plan that was read.</summary>
    public Task<OperationOutcome> ConsentAsync(long operation, string planHash, OperationActor customer, CancellationToken cancellationToken) =>
        work.ConsentAsync(operation, planHash, customer, cancellationToken);
}
