namespace HaiSoft.Controller.Requests;

/// <summary>Writes, sends, accepts and declines quotes.</summary>
internal sealed class QuoteWork(RequestStory story)
{
    /// <summary>Writes the draft of a quote, or writes it again; what was sent stays, and the draft is the next version.</summary>
    public Task<RequestOutcome> WriteAsync(
        long number, IReadOnlyList<QuoteLine> lines, DateOnly validUntil, RequestActor by, CancellationToken cancellationToken) =>
        story.ChangeAsync(
            number,
            by,
            async (session, request, token) =>
            {
                int version = request.Draft?.Version ?? request.Quotes.Count + 1;
                Quote quote = new(number, version, lines, validUntil);
                RequestFault[] faults = [.. quote.Faults(session.Now)];
                if (RequestStory.Forbid(request, RequestStep.SendQuote, by) is { } forbidden)
                    return forbidden;
                if (faults.Length > 0)
                    return new(faults, ByState: false);
                QuoteRow row = new() { RequestNumber = number, Version = version, Content = quote.Write() };
                if (request.Draft is null)
                    session.Db.Add(row);
                else
                    session.Db.Update(row);
                await session.Db.SaveChangesAsync(token);
                return null;
            },
            cancellationToken);

    /// <summary>Sends the draft.</summary>
    public Task<RequestOutcome> SendAsync(long number, RequestActor by, CancellationToken cancellationToken) =>
        story.ChangeAsync(
            number,
            by,
            async (session, request, token) =>
            {
                if (RequestStory.Forbid(request, RequestStep.SendQuote, by) is { } forbidden)
                    return forbidden;
                if (request.Draft is not { } draft)
                    return RequestStory.Refuse(new("quote-none", $"no quote is written for request {number}: write one first"));
                RequestFault[] faults = [.. Quote.Read(draft.Content).Faults(session.Now)];
                if (faults.Length > 0)
                    return new(faults, ByState: true);
                await story.AddAsync(session, number, RequestStep.SendQuote, "", draft, by, token);
                return null;
            },
            cancellationToken);

    /// <summary>The customer accepts or declines the quote that was sent last, and exactly that.</summary>
    /// <param name="number">The request.</param>
    /// <param name="step">Accept or decline.</param>
    /// <param name="hash">SHA-256 of the text that was read, in hexadecimal.</param>
    /// <param name="text">Why; may be empty.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<RequestOutcome> AnswerAsync(
        long number, RequestStep step, string hash, string text, RequestActor by, CancellationToken cancellationToken) =>
        story.ChangeAsync(
            number,
            by,
            async (session, request, token) =>
            {
                if ((RequestStory.Forbid(request, step, by) ?? RequestStory.Judge(text, required: false)) is { } refused)
                    return refused;
                if (Quote.HashOf(request.Offered!.Content) != hash)
                    return RequestStory.Refuse(new("quote-replaced", "another quote took the place of the one that you read: read it, then answer"));
                await story.AddAsync(session, number, step, text.Trim(), request.Offered, by, token);
                return null;
            },
            cancellationToken);
}
