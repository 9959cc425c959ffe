using System.Globalization;
using HaiSoft.Controller.Console.Language;
using NodaTime;
using NodaTime.Text;

namespace HaiSoft.Controller.Console.Display;

/// <summary>Instants as the company's clock shows them, always with the zone: CET or CEST (DOMAIN, head).</summary>
internal static class ParisTime
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    /// <summary>"22 Nov 2026 06:26 CET".</summary>
    public static string Minute(DateTimeOffset instant, Messages messages) => Format(instant, messages, "HH:mm");

    /// <summary>"22 Nov 2026 06:26:05 CET".</summary>
    public static string Second(DateTimeOffset instant, Messages messages) => Format(instant, messages, "HH:mm:ss");

    /// <summary>"06:26 CET" when it is today in Paris, with its date otherwise.</summary>
    public static string Near(DateTimeOffset instant, DateTimeOffset now, Messages messages)
    {
        var local = Local(instant);
        return local.Date == Local(now).Date
            ? $"{local.ToString("HH:mm", CultureInfo.InvariantCulture)} {local.GetZoneInterval().Name}"
            : Minute(instant, messages);
    }

    /// <summary>The instant of what a browser's field holds, "2026-11-22T22:00"; null when it is none. A time that is twice is the first.</summary>
    public static DateTimeOffset? Read(string text) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text) is { Success: true } read
            ? read.Value.InZoneLeniently(Paris).ToDateTimeOffset().ToUniversalTime()
            : null;

    private static string Format(DateTimeOffset instant, Messages messages, string clock)
    {
        var local = Local(instant);
        var time = local.ToString(clock, CultureInfo.InvariantCulture);
        return $"{local.Day} {messages[$"month.{local.Month}"]} {local.Year} {time} {local.GetZoneInterval().Name}";
    }

    private static ZonedDateTime Local(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(Paris);
}
