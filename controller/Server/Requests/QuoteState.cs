namespace HaiSoft.Controller.Requests;

/// <summary>Where a quote stands.</summary>
internal enum QuoteState
{
    /// <summary>A technician writes it; nobody else sees it.</summary>
    Draft = 1,

    /// <summary>The customer may accept it.</summary>
    Sent = 2,

    /// <summary>The customer accepted exactly this version.</summary>
    Accepted = 3,

    /// <summary>The customer declined it.</summary>
    Declined = 4,

    /// <summary>Its last day is over.</summary>
    Expired = 5,

    /// <summary>It is offered no more: a newer version took its place, or the request ended.</summary>
    Replaced = 6,
}

/// <summary>Reads where a quote stands from the steps of its request and the clock. Pure.</summary>
internal static class QuoteLife
{
    /// <param name="quote">The version.</param>
    /// <param name="steps">The steps of its request, in order, each with the version that it is about.</param>
    /// <param name="now">The instant.</param>
    public static QuoteState Of(Quote quote, IEnumerable<(RequestStep Step, int? Version)> steps, DateTimeOffset now)
    {
        QuoteState state = QuoteState.Draft;
        foreach ((RequestStep step, int? version) in steps)
        {
            if (version == quote.Version)
                state = AfterOwn(step);
            else if (state == QuoteState.Sent && step is RequestStep.SendQuote or RequestStep.Refuse or RequestStep.Withdraw)
                state = QuoteState.Replaced;
        }

        return state == QuoteState.Sent && quote.EndsAt <= now ? QuoteState.Expired : state;
    }

    private static QuoteState AfterOwn(RequestStep step) => step switch
    {
        RequestStep.AcceptQuote => QuoteState.Accepted,
        RequestStep.DeclineQuote => QuoteState.Declined,
        RequestStep.ExpireQuote => QuoteState.Expired,
        _ => QuoteState.Sent,
    };
}
