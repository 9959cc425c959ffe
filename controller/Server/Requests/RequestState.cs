namespace HaiSoft.Controller.Requests;

/// <summary>Where a request is in its life.</summary>
internal enum RequestState
{
    /// <summary>It waits for a technician.</summary>
    Received = 1,

    /// <summary>It is not included: the customer waits for a quote.</summary>
    QuoteNeeded = 2,

    /// <summary>The customer has a quote, to accept or decline.</summary>
    Quoted = 3,

    /// <summary>The quote was accepted: work may begin.</summary>
    Accepted = 4,

    /// <summary>The quote was declined; another may be sent.</summary>
    Declined = 5,

    /// <summary>Nobody accepted the quote in time; another may be sent.</summary>
    Expired = 6,

    /// <summary>A technician works on it.</summary>
    InWork = 7,

    /// <summary>It is done. Nothing follows.</summary>
    Closed = 8,

    /// <summary>It is not done, for the reason that was given. Nothing follows.</summary>
    Refused = 9,

    /// <summary>It is not wanted any more. Nothing follows.</summary>
    Withdrawn = 10,
}

/// <summary>A step in the life of a request. Stored by number: never change one, only add.</summary>
internal enum RequestStep
{
    /// <summary>It was asked for. The first step, and only that.</summary>
    Receive = 1,

    /// <summary>A technician finds that it is included after all.</summary>
    Include = 2,

    /// <summary>A technician finds that it is not included.</summary>
    NeedQuote = 3,

    /// <summary>A quote is sent; it takes the place of the one before.</summary>
    SendQuote = 4,

    /// <summary>The customer accepts the quote.</summary>
    AcceptQuote = 5,

    /// <summary>The customer declines the quote.</summary>
    DeclineQuote = 6,

    /// <summary>The quote's last day is over.</summary>
    ExpireQuote = 7,

    /// <summary>A technician begins the work.</summary>
    Take = 8,

    /// <summary>The work is done.</summary>
    Close = 9,

    /// <summary>It will not be done.</summary>
    Refuse = 10,

    /// <summary>It is not wanted any more.</summary>
    Withdraw = 11,
}

/// <summary>Who takes a step.</summary>
[Flags]
internal enum RequestParty
{
    None = 0,

    /// <summary>Somebody of the customer.</summary>
    Customer = 1,

    /// <summary>A technician.</summary>
    Technician = 2,

    /// <summary>The controller, by the clock.</summary>
    Controller = 4,
}

/// <summary>Where a request stands.</summary>
/// <param name="State">Where it is in its life.</param>
/// <param name="NeedsQuote">It is not included (SLA 5.2): no work begins before a quote is accepted.</param>
internal sealed record RequestStatus(RequestState State, bool NeedsQuote);
