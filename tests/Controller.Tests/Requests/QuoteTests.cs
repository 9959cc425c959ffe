using HaiSoft.Controller.Requests;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Requests;

public sealed class QuoteTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-22", "2026-11-22T23:00:00Z")]
    [InlineData("2027-03-28", "2027-03-28T22:00:00Z")]
    [InlineData("2026-10-25", "2026-10-25T23:00:00Z")]
    public void A_quote_ends_when_its_last_day_is_over_in_paris(string day, string end) =>
        Of(day).EndsAt.ShouldBe(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void The_exact_text_says_everything_and_reads_as_the_same_again()
    {
        Quote quote = Of("2026-12-22");

        quote.Write().ShouldBe(
            """{"request":7,"version":2,"currency":"EUR","vat":"excluded","lines":[{"text":"Build of nginx","quantity":3,"unit_price_cents":6050}],"valid_until":"2026-12-22"}""");
        Quote.Read(quote.Write()).Write().ShouldBe(quote.Write());
        quote.AmountCents.ShouldBe(18150);
        Quote.HashOf(quote.Write()).ShouldNotBe(Quote.HashOf((quote with { Version = 3 }).Write()));
    }

    [Fact]
    public void Where_a_quote_stands_follows_from_the_steps_and_the_clock()
    {
        Quote quote = Of("2026-12-22");
        DateTimeOffset late = quote.EndsAt;

        State([]).ShouldBe(QuoteState.Draft);
        State([(RequestStep.SendQuote, 2)]).ShouldBe(QuoteState.Sent);
        State([(RequestStep.SendQuote, 2)], late.AddTicks(-1)).ShouldBe(QuoteState.Sent);
        State([(RequestStep.SendQuote, 2)], late).ShouldBe(QuoteState.Expired);
        State([(RequestStep.SendQuote, 2), (RequestStep.AcceptQuote, 2)], late).ShouldBe(QuoteState.Accepted);
        State([(RequestStep.SendQuote, 2), (RequestStep.AcceptQuote, 2), (RequestStep.Refuse, null)]).ShouldBe(QuoteState.Accepted);
        State([(RequestStep.SendQuote, 2), (RequestStep.DeclineQuote, 2), (RequestStep.SendQuote, 3)]).ShouldBe(QuoteState.Declined);
        State([(RequestStep.SendQuote, 2), (RequestStep.ExpireQuote, 2)]).ShouldBe(QuoteState.Expired);
        State([(RequestStep.SendQuote, 2), (RequestStep.SendQuote, 3)], late).ShouldBe(QuoteState.Replaced);
        State([(RequestStep.SendQuote, 2), (RequestStep.Withdraw, null)]).ShouldBe(QuoteState.Replaced);
        State([(RequestStep.SendQuote, 1)]).ShouldBe(QuoteState.Draft);

        QuoteState State((RequestStep, int?)[] steps, DateTimeOffset? at = null) => QuoteLife.Of(quote, steps, at ?? Now);
    }

    [Fact]
    public void Every_fault_of_a_quote_is_told_at_once()
    {
        Quote quote = new(7, 1, [new("", 0, -1), new("\u0007", 10_000, 100_000_001)], new DateOnly(2026, 11, 21));

        quote.Faults(Now).Select(fault => fault.Code).Distinct().Order()
            .ShouldBe(["quote-price", "quote-quantity", "quote-text", "quote-valid"]);
        (quote with { Lines = [] }).Faults(Now).Select(fault => fault.Code).ShouldContain("quote-lines");
        (quote with { Lines = [new("Nothing", 1, 0)] }).Faults(Now).Select(fault => fault.Code).ShouldContain("quote-free");
        Of("2026-12-22").Faults(Now).ShouldBeEmpty();
    }

    private static Quote Of(string day) =>
        new(7, 2, [new("Build of nginx", 3, 6050)], DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
}
