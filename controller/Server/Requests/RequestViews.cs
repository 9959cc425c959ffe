using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Requests;

/// <summary>Makes what is shown of requests out of what is stored.</summary>
internal static class RequestViews
{
    /// <summary>Requests, each with its story, as they stand at an instant.</summary>
    public static async Task<IReadOnlyList<RequestDetail>> ShowAsync(
        ControllerDbContext db, IReadOnlyList<StoredRequest> stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] serverIds = [.. stored.SelectMany(request => request.ServerIds).Distinct()];
        string[] customerIds = [.. stored.Select(request => request.Row.CustomerId).Distinct()];
        Dictionary<string, string> servers = await db.Set<ServerRow>()
            .Where(row => serverIds.Contains(row.ServerId)).ToDictionaryAsync(row => row.ServerId, row => row.Name, cancellationToken);
        Dictionary<string, string> customers = await db.Set<CustomerRow>()
            .Where(row => customerIds.Contains(row.CustomerId)).ToDictionaryAsync(row => row.CustomerId, row => row.Name, cancellationToken);
        ActorNames actors = await ActorNames.ReadAsync(db, stored.SelectMany(request => request.Events).Select(e => e.Actor), cancellationToken);
        return [.. stored.Select(request => new RequestDetail(
            View(request, customers[request.Row.CustomerId], [.. request.ServerIds.Select(id => servers[id]).Order(StringComparer.Ordinal)], actors, now),
            [.. request.Events.Select(e => new RequestEventView(
                e.Step, e.OccurredTime, actors.Of(e.Actor), actors.IsCustomers(e.Actor), e.Text, e.QuoteVersion, e.QuoteHash))],
            [.. request.Quotes.Select(quote => View(quote, request.Events, now))]))];
    }

    private static RequestView View(StoredRequest request, string customer, IReadOnlyList<string> servers, ActorNames actors, DateTimeOffset now) => new(
        request.Row.RequestNumber,
        customer,
        request.Row.Kind,
        servers,
        RequestDetails.Read(request.Row.Details),
        request.Row.WindowFromTime,
        request.Row.WindowUntilTime,
        request.At(now),
        request.Events[0].OccurredTime,
        request.Events[^1].OccurredTime,
        request.Events.LastOrDefault(e => e.Step == RequestStep.Take) is { } taken ? actors.Of(taken.Actor) : "");

    private static QuoteView View(QuoteRow row, IReadOnlyList<RequestEventRow> events, DateTimeOffset now)
    {
        Quote quote = Quote.Read(row.Content);
        return new(quote, Quote.HashOf(row.Content), QuoteLife.Of(quote, events.Select(e => (e.Step, e.QuoteVersion)), now));
    }
}
