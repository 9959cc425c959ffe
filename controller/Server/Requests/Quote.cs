using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace HaiSoft.Controller.Requests;

/// <summary>A price offered for work that is not included (SLA 5.2).</summary>
/// <param name="Request">The request's number.</param>
/// <param name="Version">1 for the first; a sent version is replaced by the next, never changed.</param>
/// <param name="Lines">What is offered.</param>
/// <param name="ValidUntil">The last day on which it can be accepted, Europe/Paris.</param>
internal sealed record Quote(long Request, int Version, IReadOnlyList<QuoteLine> Lines, DateOnly ValidUntil)
{
    private const int MostLines = 50;
    private const int LongestLine = 200;
    private const int HighestQuantity = 9999;
    private const long HighestUnitCents = 100_000_000;
    private const int LongestValidDays = 366;
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The whole amount in cents of EUR, excluding VAT.</summary>
    public long AmountCents => Lines.Sum(line => line.AmountCents);

    /// <summary>When it can be accepted no more: the end of its last day in Paris.</summary>
    public DateTimeOffset EndsAt => Paris.AtStartOfDay(LocalDate.FromDateOnly(ValidUntil).PlusDays(1)).ToDateTimeOffset().ToUniversalTime();

    /// <summary>Every fault of it.</summary>
    public IEnumerable<RequestFault> Faults(DateTimeOffset now)
    {
        if (Lines.Count is 0 or > MostLines)
            yield return new("quote-lines", $"a quote has 1 to {MostLines} lines");
        foreach (QuoteLine line in Lines)
        {
            if (string.IsNullOrWhiteSpace(line.Text) || line.Text.Length > LongestLine || line.Text.Any(char.IsControl))
                yield return new("quote-text", $"a line says in 1 to {LongestLine} characters what is offered");
            if (line.Quantity is < 1 or > HighestQuantity)
                yield return new("quote-quantity", $"the quantity of '{line.Text}' is from 1 to {HighestQuantity}", line.Text);
            if (line.UnitPriceCents is < 0 or > HighestUnitCents)
                yield return new("quote-price", $"the price of '{line.Text}' is from 0 to 1,000,000 EUR, excluding VAT", line.Text);
        }

        if (Lines.All(line => line.UnitPriceCents == 0))
            yield return new("quote-free", "what costs nothing needs no quote: say that the request is included");
        if (EndsAt <= now || ValidUntil.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber > LongestValidDays)
            yield return new("quote-valid", "the last day of the quote is from today to a year from now");
    }

    /// <summary>The exact text that is stored, sent and accepted.</summary>
    public string Write() => JsonSerializer.Serialize(this.ToContent(), Json);

    /// <summary>The quote of a stored text.</summary>
    public static Quote Read(string content)
    {
        Content read = JsonSerializer.Deserialize<Content>(content, Json)!;
        return new(
            read.Request,
            read.Version,
            [.. read.Lines.Select(line => new QuoteLine(line.Text, line.Quantity, line.UnitPriceCents))],
            DateOnly.ParseExact(read.ValidUntil, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>SHA-256 of the exact text, in hexadecimal: what is accepted.</summary>
    public static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private Content ToContent() => new(
        Request,
        Version,
        "EUR",
        "excluded",
        [.. Lines.Select(line => new ContentLine(line.Text, line.Quantity, line.UnitPriceCents))],
        ValidUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private sealed record Content(long Request, int Version, string Currency, string Vat, IReadOnlyList<ContentLine> Lines, string ValidUntil);

    private sealed record ContentLine(string Text, int Quantity, long UnitPriceCents);
}

/// <summary>A line of a quote.</summary>
/// <param name="Text">What is offered.</param>
/// <param name="Quantity">How many: 1 to 9999.</param>
/// <param name="UnitPriceCents">The price of one in cents of EUR, excluding VAT.</param>
internal sealed record QuoteLine(string Text, int Quantity, long UnitPriceCents)
{
    public long AmountCents => Quantity * UnitPriceCents;
}
