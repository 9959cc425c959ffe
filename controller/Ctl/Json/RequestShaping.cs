using HaiSoft.Ctl.Display;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Json;

/// <summary>Requests as shapes.</summary>
internal static class RequestShaping
{
    public static RequestShape Of(Request request) => new(
        request.RequestId,
        request.Customer,
        RequestWords.Of(request.Wish.Kind),
        [.. request.Wish.Servers],
        [.. request.Wish.Packages],
        [.. request.Wish.Components.Select(RequestWords.Of)],
        Text(request.Wish.Check),
        Text(request.Wish.Words),
        Words.Of(request.Wish.WindowFromTime),
        Words.Of(request.Wish.WindowUntilTime),
        RequestWords.Of(request.State),
        request.NeedsQuote,
        Words.Of(request.ReceivedTime),
        Words.Of(request.ChangedTime),
        Text(request.Technician));

    public static RequestDetailShape Of(RequestDetail detail) => new(
        Of(detail.Request),
        [.. detail.Story.Select(e => new RequestEventShape(
            RequestWords.Of(e.Step),
            Words.Of(e.OccurredTime),
            e.Actor,
            Text(e.Text),
            e.QuoteVersion == 0 ? null : e.QuoteVersion,
            Text(e.QuoteSha256)))],
        [.. detail.Quotes.Select(Of)]);

    private static QuoteShape Of(Quote quote) => new(
        quote.Version,
        [.. quote.Lines.Select(line => new QuoteLineShape(line.Text, line.Quantity, line.UnitPrice.Cents))],
        quote.Amount.Cents,
        quote.ValidUntilDate,
        RequestWords.Of(quote.State),
        quote.Sha256);

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
