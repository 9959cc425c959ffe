using System.Globalization;
using HaiSoft.Controller.Console.Language;

namespace HaiSoft.Controller.Console.Display;

/// <summary>
/// Durations for people, two units at most: "42 min 10 s", "3 h 05 min", "2 d 4 h". wwwroot/js/console.js counts on with the same
/// words, so a change here is a change there.
/// </summary>
internal static class Durations
{
    public static string Say(TimeSpan duration, Messages messages)
    {
        var d = duration.Duration();
        return d switch
        {
            { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{d.Days} {messages["unit.day"]} {d.Hours} h"),
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{d.Hours} h {d.Minutes:00} min"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{d.Minutes} min {d.Seconds:00} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{d.Seconds} s"),
        };
    }

    /// <summary>For what is over and long ago: "3 min", "2 h 05 min"; seconds only below one minute.</summary>
    public static string SayRoughly(TimeSpan duration, Messages messages) =>
        duration.Duration() is { TotalMinutes: >= 1, TotalHours: < 1 } minutes ? $"{minutes.Minutes} min" : Say(duration, messages);
}
