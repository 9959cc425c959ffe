using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Requests;

/// <summary>A request with all that is stored of it.</summary>
/// <param name="Row">What was asked for.</param>
/// <param name="ServerIds">For which servers.</param>
/// <param name="Events">Its steps, in order.</param>
/// <param name="Quotes">Its quotes, by version.</param>
internal sealed record StoredRequest(
    RequestRow Row, IReadOnlyList<string> ServerIds, IReadOnlyList<RequestEventRow> Events, IReadOnlyList<QuoteRow> Quotes)
{
    /// <summary>Where it stands by its steps alone.</summary>
    public RequestStatus Status => RequestLife.Of(Row.Kind, Events.Select(e => e.Step));

    /// <summary>The version that was sent last; absent before the first.</summary>
    public QuoteRow? Offered => Events.LastOrDefault(e => e.Step == RequestStep.SendQuote) is { } sent
        ? Quotes.Single(quote => quote.Version == sent.QuoteVersion)
        : null;

    /// <summary>A version that is not sent yet; absent when none is written.</summary>
    public QuoteRow? Draft => Quotes.LastOrDefault(quote => Events.All(e => e.QuoteVersion != quote.Version));

    /// <summary>Where it stands at an instant: a quote whose last day is over is expired, whether somebody looked or not.</summary>
    public RequestStatus At(DateTimeOffset now) => Status is { State: RequestState.Quoted } quoted && Quote.Read(Offered!.Content).EndsAt <= now
        ? RequestLife.After(quoted, RequestStep.ExpireQuote, RequestParty.Controller)!
        : Status;

    /// <summary>The requests of a query, by number.</summary>
    public static async Task<IReadOnlyList<StoredRequest>> LoadAsync(
        ControllerDbContext db, IQueryable<RequestRow> query, CancellationToken cancellationToken)
    {
        List<RequestRow> rows = await query.AsNoTracking().OrderBy(row => row.RequestNumber).ToListAsync(cancellationToken);
        long[] numbers = [.. rows.Select(row => row.RequestNumber)];
        ILookup<long, string> servers = (await db.Set<RequestServerRow>().AsNoTracking()
            .Where(row => numbers.Contains(row.RequestNumber)).ToListAsync(cancellationToken)).ToLookup(row => row.RequestNumber, row => row.ServerId);
        ILookup<long, RequestEventRow> events = (await db.Set<RequestEventRow>().AsNoTracking()
            .Where(row => numbers.Contains(row.RequestNumber)).OrderBy(row => row.EventId).ToListAsync(cancellationToken)).ToLookup(row => row.RequestNumber);
        ILookup<long, QuoteRow> quotes = (await db.Set<QuoteRow>().AsNoTracking()
            .Where(row => numbers.Contains(row.RequestNumber)).OrderBy(row => row.Version).ToListAsync(cancellationToken)).ToLookup(row => row.RequestNumber);
        return [.. rows.Select(row => new StoredRequest(
            row, [.. servers[row.RequestNumber]], [.. events[row.RequestNumber]], [.. quotes[row.RequestNumber]]))];
    }
}
