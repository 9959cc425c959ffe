using System.Collections.Frozen;

namespace HaiSoft.Controller.Requests;

/// <summary>The life of a request: which step may be taken by whom, from where, and where it leads. Pure.</summary>
internal static class RequestLife
{
    private static readonly RequestState[] BeforeWork =
    [
        RequestState.Received, RequestState.QuoteNeeded, RequestState.Quoted, RequestState.Accepted, RequestState.Declined, RequestState.Expired,
    ];

    private static readonly FrozenDictionary<RequestStep, Rule> Rules = new Dictionary<RequestStep, Rule>
    {
        [RequestStep.Include] = new(
            RequestParty.Technician, [RequestState.Received, RequestState.QuoteNeeded, RequestState.Declined, RequestState.Expired], RequestState.Received)
        {
            NeedsQuoteAfter = false,
        },
        [RequestStep.NeedQuote] = new(RequestParty.Technician, [RequestState.Received, RequestState.InWork], RequestState.QuoteNeeded)
        {
            NeedsQuoteAfter = true,
        },
        [RequestStep.SendQuote] = new(
            RequestParty.Technician,
            [RequestState.Received, RequestState.QuoteNeeded, RequestState.Quoted, RequestState.Declined, RequestState.Expired],
            RequestState.Quoted)
        {
            NeedsQuoteAfter = true,
        },
        [RequestStep.AcceptQuote] = new(RequestParty.Customer, [RequestState.Quoted], RequestState.Accepted),
        [RequestStep.DeclineQuote] = new(RequestParty.Customer, [RequestState.Quoted], RequestState.Declined),
        [RequestStep.ExpireQuote] = new(RequestParty.Controller, [RequestState.Quoted], RequestState.Expired),
        [RequestStep.Take] = new(RequestParty.Technician, [RequestState.Received, RequestState.Accepted], RequestState.InWork),
        [RequestStep.Close] = new(RequestParty.Technician, [RequestState.InWork], RequestState.Closed),
        [RequestStep.Refuse] = new(RequestParty.Technician, [.. BeforeWork, RequestState.InWork], RequestState.Refused),
        [RequestStep.Withdraw] = new(RequestParty.Customer | RequestParty.Technician, BeforeWork, RequestState.Withdrawn),
    }.ToFrozenDictionary();

    /// <summary>The steps after which nothing follows.</summary>
    public static readonly IReadOnlyList<RequestStep> LastSteps = [RequestStep.Close, RequestStep.Refuse, RequestStep.Withdraw];

    /// <summary>Where a request stands when it was received.</summary>
    public static RequestStatus Begin(RequestKind kind) => new(RequestState.Received, NeedsQuote: kind == RequestKind.Other);

    /// <summary>Where a step leads; null when this party may not take it there.</summary>
    public static RequestStatus? After(RequestStatus status, RequestStep step, RequestParty party) =>
        Rules.TryGetValue(step, out Rule? rule) && rule.Parties.HasFlag(party) && rule.From.Contains(status.State) && Suits(status, step)
            ? Lead(status, rule)
            : null;

    /// <summary>Where a request of this kind stands after these steps, which were allowed when they were taken.</summary>
    public static RequestStatus Of(RequestKind kind, IEnumerable<RequestStep> steps) =>
        steps.Where(step => step != RequestStep.Receive).Aggregate(Begin(kind), (status, step) => Lead(status, Rules[step]));

    /// <summary>The steps that a party may take now.</summary>
    public static IEnumerable<RequestStep> Allowed(RequestStatus status, RequestParty party) =>
        Rules.Keys.Where(step => After(status, step, party) is not null).Order();

    private static bool Suits(RequestStatus status, RequestStep step) => step switch
    {
        RequestStep.Take => !status.NeedsQuote || status.State == RequestState.Accepted,
        RequestStep.Include => status.NeedsQuote,
        _ => true,
    };

    private static RequestStatus Lead(RequestStatus status, Rule rule) => new(rule.To, rule.NeedsQuoteAfter ?? status.NeedsQuote);

    private sealed record Rule(RequestParty Parties, IReadOnlyList<RequestState> From, RequestState To)
    {
        /// <summary>Absent: as before.</summary>
        public bool? NeedsQuoteAfter { get; init; }
    }
}
