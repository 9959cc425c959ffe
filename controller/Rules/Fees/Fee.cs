using System.Globalization;

namespace HaiSoft.Controller.Rules.Fees;

/// <summary>What a customer pays for a server.</summary>
/// <param name="Euros">The amount in EUR, excluding VAT, in whole cents; 0 for the company's own machines.</param>
/// <param name="Period">How often it is due.</param>
public sealed record Fee(decimal Euros, FeePeriod Period)
{
    /// <summary>No fee is above this: a larger one is a slip of the finger.</summary>
    public const decimal HighestEuros = 1_000_000m;

    /// <summary>The amount in cents, as it is stored.</summary>
    public long Cents => (long)(Euros * 100);

    /// <summary>The fee of a stored amount.</summary>
    public static Fee OfCents(long cents, FeePeriod period) => new(cents / 100m, period);

    /// <summary>The fee, or null for text that is none: <c>49.90/month</c>, <c>499/year</c>.</summary>
    public static Fee? Parse(string text)
    {
        string[] parts = text.Trim().Split('/');
        return parts.Length == 2 && Amount(parts[0].Trim()) is { } euros && PeriodOf(parts[1].Trim()) is { } period
            ? new Fee(euros, period)
            : null;
    }

    /// <summary>As it is written: <c>49.90/month</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Euros:0.00}/{(Period == FeePeriod.Month ? "month" : "year")}");

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal euros)
            && euros <= HighestEuros
            && decimal.Round(euros, 2) == euros
            ? euros
            : null;

    private static FeePeriod? PeriodOf(string text) => text switch
    {
        "month" => FeePeriod.Month,
        "year" => FeePeriod.Year,
        _ => null,
    };
}
