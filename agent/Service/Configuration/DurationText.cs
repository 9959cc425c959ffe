using System.Globalization;

namespace HaiSoft.Agent.Configuration;

/// <summary>Time spans as people write them: a whole number and its unit, "10s", "5m", "24h", "7d".</summary>
internal static class DurationText
{
    /// <summary>The time span; <c>null</c> when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }

    /// <summary>The shortest way to write a time span of whole seconds.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        (long number, char unit) = seconds switch
        {
            > 0 when seconds % 86400 == 0 => (seconds / 86400, 'd'),
            > 0 when seconds % 3600 == 0 => (seconds / 3600, 'h'),
            > 0 when seconds % 60 == 0 => (seconds / 60, 'm'),
            _ => (seconds, 's'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
    }
}
