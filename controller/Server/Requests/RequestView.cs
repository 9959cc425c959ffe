namespace HaiSoft.Controller.Requests;

/// <summary>A request as it stands at an instant.</summary>
/// <param name="Number">Its number for people.</param>
/// <param name="Customer">The customer's name.</param>
/// <param name="Kind">What sort of thing is asked for.</param>
/// <param name="Servers">The names of the servers, in order.</param>
/// <param name="Details">What exactly is asked for.</param>
/// <param name="WindowFrom">The beginning of the window wished for; absent when any time does.</param>
/// <param name="WindowUntil">Its end.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ReceivedAt">When it was asked for.</param>
/// <param name="ChangedAt">When the last step was taken.</param>
/// <param name="Technician">Who took it last; empty for nobody.</param>
internal sealed record RequestView(
    long Number,
    string Customer,
    RequestKind Kind,
    IReadOnlyList<string> Servers,
    RequestDetails Details,
    DateTimeOffset? WindowFrom,
    DateTimeOffset? WindowUntil,
    RequestStatus Status,
    DateTimeOffset ReceivedAt,
    DateTimeOffset ChangedAt,
    string Technician)
{
    /// <summary>Nothing follows.</summary>
    public bool IsEnded => Status.State is RequestState.Closed or RequestState.Refused or RequestState.Withdrawn;
}

/// <summary>A step that was taken.</summary>
/// <param name="Step">Which.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, by name.</param>
/// <param name="IsCustomers">It was somebody of the customer.</param>
/// <param name="Text">Why, or what was done; may be empty.</param>
/// <param name="QuoteVersion">The version of the quote that it is about; absent for none.</param>
/// <param name="QuoteHash">SHA-256 of that version's exact text, in hexadecimal; empty for none.</param>
internal sealed record RequestEventView(
    RequestStep Step, DateTimeOffset At, string Actor, bool IsCustomers, string Text, int? QuoteVersion, string QuoteHash);

/// <summary>A quote as it stands at an instant.</summary>
/// <param name="Quote">What is offered.</param>
/// <param name="Hash">SHA-256 of its exact text, in hexadecimal.</param>
/// <param name="State">Where it stands.</param>
internal sealed record QuoteView(Quote Quote, string Hash, QuoteState State);

/// <summary>A request with what happened to it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Story">Its steps, in order.</param>
/// <param name="Quotes">Its quotes by version; a draft is the technicians' alone.</param>
internal sealed record RequestDetail(RequestView Request, IReadOnlyList<RequestEventView> Story, IReadOnlyList<QuoteView> Quotes)
{
    /// <summary>The quote that can be accepted now; absent when there is none.</summary>
    public QuoteView? Offered => Quotes.LastOrDefault(quote => quote.State == QuoteState.Sent);

    /// <summary>The quote that is not sent yet; absent when none is written.</summary>
    public QuoteView? Draft => Quotes.LastOrDefault(quote => quote.State == QuoteState.Draft);

    /// <summary>As the customer sees it: without drafts.</summary>
    public RequestDetail WithoutDrafts() => this with { Quotes = [.. Quotes.Where(quote => quote.State != QuoteState.Draft)] };
}

/// <summary>How a step or a quote ended.</summary>
internal abstract record RequestOutcome
{
    private RequestOutcome()
    {
    }

    /// <summary>It is written down.</summary>
    /// <param name="Detail">The request after it.</param>
    public sealed record Done(RequestDetail Detail) : RequestOutcome;

    /// <summary>There is no request of this number, or not for this actor.</summary>
    public sealed record NotFound(long Number) : RequestOutcome;

    /// <summary>Nothing was written.</summary>
    /// <param name="Faults">Every fault that was found.</param>
    /// <param name="ByState">The state of the request does not allow it; otherwise what was given does not do.</param>
    public sealed record Refused(IReadOnlyList<RequestFault> Faults, bool ByState) : RequestOutcome;
}
