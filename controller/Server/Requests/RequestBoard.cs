using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Requests;

/// <summary>Shows requests.</summary>
internal sealed class RequestBoard(IDbContextFactory<ControllerDbContext> contexts, TimeProvider time)
{
    private const int MostEnded = 500;

    /// <summary>Requests in which something may still follow, the oldest first; then those that ended, the newest first.</summary>
    /// <param name="customerId">Only this customer's; absent for all.</param>
    /// <param name="includeEnded">Also the newest 500 of those that ended.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public async Task<IReadOnlyList<RequestDetail>> ListAsync(string? customerId, bool includeEnded, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<RequestRow> all = db.Set<RequestRow>().Where(row => customerId == null || row.CustomerId == customerId);
        IQueryable<long> ended = EndedNumbers(db);
        List<StoredRequest> shown = [.. await StoredRequest.LoadAsync(db, all.Where(row => !ended.Contains(row.RequestNumber)), cancellationToken)];
        if (includeEnded)
        {
            IQueryable<RequestRow> newest = all.Where(row => ended.Contains(row.RequestNumber)).OrderByDescending(row => row.RequestNumber).Take(MostEnded);
            shown.AddRange((await StoredRequest.LoadAsync(db, newest, cancellationToken)).Reverse());
        }

        return await RequestViews.ShowAsync(db, shown, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>One request with its story; absent when there is none of this number, or not for this actor.</summary>
    public async Task<RequestDetail?> FindAsync(long number, RequestActor forWhom, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<StoredRequest> stored = await StoredRequest.LoadAsync(
            db, db.Set<RequestRow>().Where(row => row.RequestNumber == number), cancellationToken);
        if (stored is not [var request] || !forWhom.Reaches(request.Row))
            return null;
        RequestDetail detail = (await RequestViews.ShowAsync(db, stored, time.GetUtcNow(), cancellationToken))[0];
        return forWhom.Party == RequestParty.Technician ? detail : detail.WithoutDrafts();
    }

    private static IQueryable<long> EndedNumbers(ControllerDbContext db) =>
        db.Set<RequestEventRow>().Where(e => RequestLife.LastSteps.Contains(e.Step)).Select(e => e.RequestNumber);
}
