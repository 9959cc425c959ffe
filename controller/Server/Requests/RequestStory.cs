using System.Globalization;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Requests;

/// <summary>Writes steps of requests: the step and its audit, in one transaction.</summary>
internal sealed class RequestStory(WriteGate gate, AuditLog audit)
{
    private const int LongestText = 2000;

    /// <summary>Adds a step.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="number">The request.</param>
    /// <param name="step">Which.</param>
    /// <param name="text">Why; empty where the step says it all.</param>
    /// <param name="quote">The version that it is about; absent for none.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AddAsync(
        WriteSession session, long number, RequestStep step, string text, QuoteRow? quote, RequestActor by, CancellationToken cancellationToken)
    {
        string hash = quote is null ? "" : Quote.HashOf(quote.Content);
        session.Db.Add(new RequestEventRow
        {
            RequestNumber = number,
            Step = step,
            OccurredTime = session.Now,
            Actor = by.Id,
            Text = text,
            QuoteVersion = quote?.Version,
            QuoteHash = hash,
        });
        await session.Db.SaveChangesAsync(cancellationToken);
        // No words: a customer's may name people.
        Dictionary<string, string> detail = new() { ["by"] = by.Id };
        if (quote is not null)
            detail["quote"] = string.Create(CultureInfo.InvariantCulture, $"{quote.Version} {hash}");
        await audit.AppendAsync(session, new(by.AuditName, $"request.{step}", $"request:{number}", detail), cancellationToken);
    }

    /// <summary>Changes a request in one transaction. A quote whose last day is over is told as expired first.</summary>
    public Task<RequestOutcome> ChangeAsync(
        long number,
        RequestActor by,
        Func<WriteSession, StoredRequest, CancellationToken, Task<RequestOutcome.Refused?>> change,
        CancellationToken cancellationToken) =>
        gate.WriteAsync<RequestOutcome>(
            async (session, token) =>
            {
                if (await FindAsync(session, number, token) is not { } request || !by.Reaches(request.Row))
                    return new RequestOutcome.NotFound(number);
                if (request.At(session.Now) != request.Status)
                {
                    await AddAsync(session, number, RequestStep.ExpireQuote, "", request.Offered, RequestActor.Controller, token);
                    request = (await FindAsync(session, number, token))!;
                }

                return await change(session, request, token) is { } refused ? refused : new RequestOutcome.Done(await ShowAsync(session, number, token));
            },
            cancellationToken);

    /// <summary>The request as it is in the transaction.</summary>
    public static async Task<RequestDetail> ShowAsync(WriteSession session, long number, CancellationToken cancellationToken) =>
        (await RequestViews.ShowAsync(session.Db, [(await FindAsync(session, number, cancellationToken))!], session.Now, cancellationToken))[0];

    /// <summary>Why a step cannot be taken; absent when it can.</summary>
    public static RequestOutcome.Refused? Forbid(StoredRequest request, RequestStep step, RequestActor by) =>
        RequestLife.After(request.Status, step, by.Party) is not null ? null
        : request.Status.NeedsQuote && step == RequestStep.Take
            ? Refuse(new("needs-quote", $"request {request.Row.RequestNumber} is not included: work begins when its quote is accepted"))
            : Refuse(new("state", $"request {request.Row.RequestNumber} is in state {request.Status.State}: this step does not follow"));

    /// <summary>Why a text does not do; absent when it does.</summary>
    public static RequestOutcome.Refused? Judge(string text, bool required) => text.Trim().Length switch
    {
        0 when required => new([new("note-missing", "say why, or what was done")], ByState: false),
        > LongestText => new([new("note-too-long", $"the note has at most {LongestText} characters")], ByState: false),
        _ => null,
    };

    public static RequestOutcome.Refused Refuse(RequestFault fault) => new([fault], ByState: true);

    private static async Task<StoredRequest?> FindAsync(WriteSession session, long number, CancellationToken cancellationToken) =>
        (await StoredRequest.LoadAsync(session.Db, session.Db.Set<RequestRow>().Where(row => row.RequestNumber == number), cancellationToken))
        .SingleOrDefault();
}
