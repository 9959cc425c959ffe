using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Operations;

/// <summary>Changes operations, each change in one transaction.</summary>
internal sealed class OperationSteps(WriteGate gate)
{
    private const int LongestNote = 2000;

    /// <summary>Changes an operation that this actor reaches.</summary>
    /// <param name="number">The operation.</param>
    /// <param name="by">Who.</param>
    /// <param name="change">Makes the change; gives back why it cannot be, or null.</param>
    /// <param name="cancellationToken">Ends it before it is written.</param>
    public Task<OperationOutcome> ChangeAsync(
        long number,
        OperationActor by,
        Func<WriteSession, OperationRow, CancellationToken, Task<OperationOutcome?>> change,
        CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                OperationRow? row = await session.Db.Set<OperationRow>().SingleOrDefaultAsync(operation => operation.OperationNumber == number, token);
                if (row is null || !await ReachesAsync(session, by, row, token))
                    return NotThere(number);
                return await change(session, row, token) ?? new OperationOutcome.Done(number);
            },
            cancellationToken);

    /// <summary>There is no operation of this number, or not for who asks.</summary>
    public static OperationOutcome.NotFound NotThere(long number) => new($"There is no operation '{number}': see haisoftctl operation list --all.");

    /// <summary>Why a note does not do; absent when it does.</summary>
    public static OperationOutcome.Refused? Judge(string note) => note.Trim().Length switch
    {
        0 => new("Say why in a note.", ByState: false),
        > LongestNote => new($"The note has at most {LongestNote} characters.", ByState: false),
        _ => null,
    };

    private static async Task<bool> ReachesAsync(WriteSession session, OperationActor by, OperationRow row, CancellationToken cancellationToken) =>
        by.CustomerId is null
        || await session.Db.Set<ServerRow>().AnyAsync(server => server.ServerId == row.ServerId && server.CustomerId == by.CustomerId, cancellationToken);
}
