using System.Globalization;
using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Requests;

/// <summary>One request: what is asked for, what happened, and what a technician does about it. What was typed stays when it is refused.</summary>
[Authorize(Policies.Technician)]
internal sealed class RequestModel(
    RequestBoard board, RequestWork work, QuoteWork quotes, OperationBoard operations, Texts texts, TimeProvider time) : PageModel
{
    private const int SpareLines = 3;
    private const int DaysValid = 30;
    private static readonly RequestStep[] Buttons =
        [RequestStep.Take, RequestStep.Close, RequestStep.Include, RequestStep.NeedQuote, RequestStep.Refuse, RequestStep.Withdraw];

    public RequestDetail Detail { get; private set; } = null!;

    /// <summary>What is done, or was, for it.</summary>
    public IReadOnlyList<OperationView> Operations { get; private set; } = [];

    public IReadOnlyList<string> Faults { get; private set; } = [];

    public string Note { get; private set; } = "";

    /// <summary>The lines of the quote's form, as they were typed, and some that are empty.</summary>
    public IReadOnlyList<QuoteFormLine> Lines { get; private set; } = [];

    /// <summary>The last day in the quote's form, as it was typed.</summary>
    public string Until { get; private set; } = "";

    /// <summary>The quote's form was sent, and refused.</summary>
    public bool IsQuoteTyped { get; private set; }

    /// <summary>The steps that can be taken now.</summary>
    public IReadOnlyList<RequestStep> Steps => [.. Buttons.Where(step => RequestLife.After(Detail.Request.Status, step, RequestParty.Technician) is not null)];

    public bool CanQuote => RequestLife.After(Detail.Request.Status, RequestStep.SendQuote, RequestParty.Technician) is not null;

    private RequestActor Actor => RequestActor.Of(User);

    public Task<IActionResult> OnGetAsync(long number, CancellationToken cancellationToken) => ShowAsync(number, cancellationToken);

    public async Task<IActionResult> OnPostStepAsync(long number, string? step, string? note, CancellationToken cancellationToken)
    {
        if (Buttons.Where(known => Word.KeyOf(known) == step).ToList() is not [var taken])
            return BadRequest();
        Note = note ?? "";
        return await TakeAsync(number, work.StepAsync(number, taken, Note, Actor, cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostQuoteAsync(
        long number, string[] text, string[] quantity, string[] price, string? until, CancellationToken cancellationToken)
    {
        QuoteFormLine[] typed = [.. text.Zip(quantity, price).Select(line => new QuoteFormLine(line.First ?? "", line.Second ?? "", line.Third ?? ""))];
        (Lines, IsQuoteTyped) = (typed, true);
        Until = until ?? "";
        var day = DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : DateOnly.MinValue;
        QuoteLine[] lines = [.. typed.Where(line => !line.IsEmpty).Select(line => line.Read())];
        return await TakeAsync(number, quotes.WriteAsync(number, lines, day, Actor, cancellationToken), cancellationToken);
    }

    public Task<IActionResult> OnPostSendAsync(long number, CancellationToken cancellationToken) =>
        TakeAsync(number, quotes.SendAsync(number, Actor, cancellationToken), cancellationToken);

    private async Task<IActionResult> TakeAsync(long number, Task<RequestOutcome> step, CancellationToken cancellationToken)
    {
        switch (await step)
        {
            case RequestOutcome.NotFound:
                return NotFound();
            case RequestOutcome.Refused refused:
                Faults = [.. refused.Faults.Select(fault => texts[$"request.fault.{fault.Code}", VisibleText.Of(fault.Value)]).Distinct()];
                return await ShowAsync(number, cancellationToken);
            default:
                return Redirect($"/requests/{number}");
        }
    }

    private async Task<IActionResult> ShowAsync(long number, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(number, Actor, cancellationToken) is not { } detail)
            return NotFound();
        Detail = detail;
        Operations = await operations.ListAsync(new OperationFilter { RequestNumber = number, IncludeEnded = true }, cancellationToken);
        if (Lines.Count == 0)
        {
            var draft = (detail.Draft ?? (detail.Quotes is [.., var last] ? last : null))?.Quote;
            Lines = [.. (draft?.Lines ?? []).Select(QuoteFormLine.Of), .. Enumerable.Repeat(QuoteFormLine.Empty, SpareLines)];
            var lastDay = detail.Draft?.Quote.ValidUntil ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(DaysValid);
            Until = lastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return Page();
    }
}

/// <summary>A line of the quote's form.</summary>
/// <param name="Text">What is offered.</param>
/// <param name="Quantity">A whole number.</param>
/// <param name="Price">EUR excluding VAT, with a point or a comma: "60.50".</param>
internal sealed record QuoteFormLine(string Text, string Quantity, string Price)
{
    public static readonly QuoteFormLine Empty = new("", "", "");

    public bool IsEmpty => string.IsNullOrWhiteSpace(Text + Quantity + Price);

    public static QuoteFormLine Of(QuoteLine line) => new(
        line.Text,
        line.Quantity.ToString(CultureInfo.InvariantCulture),
        (line.UnitPriceCents / 100m).ToString("0.00", CultureInfo.InvariantCulture));

    /// <summary>The line; what cannot be read is outside of what is allowed, and told as such.</summary>
    public QuoteLine Read() => new(
        Text.Trim(),
        int.TryParse(Quantity.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0,
        decimal.TryParse(Price.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var euros)
            && euros < 10_000_000 && decimal.Round(euros, 2) == euros
            ? (long)(euros * 100)
            : -1);
}
