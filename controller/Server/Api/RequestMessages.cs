using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Requests;
using HaiSoft.Protocol.Technician.V1;
using Quote = HaiSoft.Protocol.Technician.V1.Quote;
using QuoteLine = HaiSoft.Protocol.Technician.V1.QuoteLine;
using RequestDetail = HaiSoft.Protocol.Technician.V1.RequestDetail;
using RequestKind = HaiSoft.Controller.Requests.RequestKind;
using UpdatedComponent = HaiSoft.Controller.Requests.UpdatedComponent;
using Wire = HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Requests and quotes, from and to the wire. Enumerations have the same numbers on both sides.</summary>
internal static class RequestMessages
{
    /// <summary>A wish as it came: what cannot be read is told with all other faults.</summary>
    public static RequestDraft ToDraft(Wish wish) => new()
    {
        Kind = wish.Kind == Wire.RequestKind.Unspecified ? null : (RequestKind)wish.Kind,
        Servers = [.. wish.Servers],
        Packages = [.. wish.Packages],
        Components = [.. wish.Components.Select(component => (UpdatedComponent)component)],
        Check = wish.Check,
        Words = wish.Words,
        WindowFrom = Instants.Read(wish.WindowFromTime),
        WindowUntil = Instants.Read(wish.WindowUntilTime),
    };

    /// <summary>A day as it came; one that cannot be read is long over, and told as such.</summary>
    public static DateOnly DayOf(string day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly read) ? read : DateOnly.MinValue;

    public static RequestDetail ToMessage(Requests.RequestDetail detail) => new()
    {
        Request = ToMessage(detail.Request),
        Story = { detail.Story.Select(ToMessage) },
        Quotes = { detail.Quotes.Select(ToMessage) },
    };

    public static Request ToMessage(RequestView request) => new()
    {
        RequestId = request.Number.ToString(CultureInfo.InvariantCulture),
        Customer = request.Customer,
        Wish = new Wish
        {
            Kind = (Wire.RequestKind)request.Kind,
            Servers = { request.Servers },
            Packages = { request.Details.Packages },
            Components = { request.Details.Components.Select(component => (Wire.UpdatedComponent)component) },
            Check = request.Details.Service is { } service ? ServiceText.Write(service) : "",
            Words = request.Details.Words,
            WindowFromTime = Instants.Write(request.WindowFrom),
            WindowUntilTime = Instants.Write(request.WindowUntil),
        },
        State = (Wire.RequestState)request.Status.State,
        NeedsQuote = request.Status.NeedsQuote,
        ReceivedTime = request.ReceivedAt.ToTimestamp(),
        ChangedTime = request.ChangedAt.ToTimestamp(),
        Technician = request.Technician,
    };

    private static RequestEvent ToMessage(RequestEventView happened) => new()
    {
        Step = (Wire.RequestStep)happened.Step,
        OccurredTime = happened.At.ToTimestamp(),
        Actor = happened.Actor,
        Text = happened.Text,
        QuoteVersion = happened.QuoteVersion ?? 0,
        QuoteSha256 = happened.QuoteHash,
    };

    private static Quote ToMessage(QuoteView view) => new()
    {
        Version = view.Quote.Version,
        Lines =
        {
            view.Quote.Lines.Select(line => new QuoteLine
            {
                Text = line.Text,
                Quantity = line.Quantity,
                UnitPrice = new Euro { Cents = line.UnitPriceCents },
            }),
        },
        Amount = new Euro { Cents = view.Quote.AmountCents },
        ValidUntilDate = view.Quote.ValidUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        State = (Wire.QuoteState)view.State,
        Sha256 = view.Hash,
    };
}
