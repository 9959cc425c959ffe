using System.Globalization;

namespace HaiSoft.Agent.Readings.Measurements;

/// <summary>Reads /proc/loadavg.</summary>
// 0.42 0.36 0.30 1/512 12345
public readonly record struct LoadAverage(double OneMinute, double FiveMinutes, double FifteenMinutes)
{
    /// <summary>The three averages; absent when this is not /proc/loadavg.</summary>
    public static LoadAverage? Parse(ReadOnlySpan<char> text)
    {
        Span<Range> words = stackalloc Range[4];
        return text.Split(words, ' ') >= 3
            && Value(text[words[0]]) is { } one && Value(text[words[1]]) is { } five && Value(text[words[2]].Trim()) is { } fifteen
                ? new LoadAverage(one, five, fifteen)
                : null;
    }

    private static double? Value(ReadOnlySpan<char> word) =>
        double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
