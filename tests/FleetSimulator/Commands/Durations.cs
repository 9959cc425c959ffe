using System.CommandLine.Parsing;
using System.Globalization;

namespace HaiSoft.FleetSimulator.Commands;

/// <summary>Durations as people write them: 500ms, 60s, 5m, 1h; a number alone is seconds.</summary>
internal static class Durations
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("", TimeSpan.FromSeconds(1)),
    ];

    public static TimeSpan Parse(ArgumentResult result) => Of(result) ?? TimeSpan.Zero;

    public static TimeSpan? ParseOptional(ArgumentResult result) => Of(result);

    private static TimeSpan? Of(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        (string suffix, TimeSpan unit) = Array.Find(Units, pair => text.EndsWith(pair.Suffix, StringComparison.Ordinal));
        if (double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
            return count * unit;

        result.AddError($"'{text}' is no duration: write 500ms, 60s, 5m or 1h.");
        return null;
    }
}
