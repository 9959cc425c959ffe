using System.Globalization;

namespace HaiSoft.Controller.Findings;

/// <summary>Clocks in words, for warnings, facts and timelines.</summary>
internal static class ClockWords
{
    // What a message takes on its way cannot be told from an offset.
    private static readonly TimeSpan Right = TimeSpan.FromMilliseconds(500);

    /// <summary>How a server's clock stands: "3 min 5 s ahead", "right to half a second".</summary>
    public static string Of(TimeSpan offset) =>
        offset.Duration() <= Right ? "right to half a second" : $"{Length(offset)} {(offset > TimeSpan.Zero ? "behind" : "ahead")}";

    /// <summary>A step: "set forward by 1 h 0 min".</summary>
    public static string OfStep(TimeSpan step) => $"set {(step > TimeSpan.Zero ? "forward" : "back")} by {Length(step)}";

    /// <summary>How a detection came about: observed, received and corrected time apart (DESIGN 3).</summary>
    public static string Explain(DateTimeOffset detectedAt, ClockReading? clock, DateTimeOffset receivedAt, string? note)
    {
        string own = clock is null
            ? "observed by the agent, whose clock was not measured yet"
            : $"observed by the agent at {Instant(clock.OwnTimeAt(detectedAt))} by its clock, which was {Of(clock.Offset)} (measured {Instant(clock.MeasuredAt)})";
        return $"Detected {Instant(detectedAt)}: {own}; received and judged by {Instant(receivedAt)}{(note is null ? "" : $"; {note}")}";
    }

    /// <summary>A reading, for the page of its server.</summary>
    public static string Describe(ClockReading clock)
    {
        string drift = clock.DriftPpm is { } ppm
            ? string.Create(CultureInfo.InvariantCulture, $", {(ppm >= 0 ? "gains" : "loses")} {Math.Abs(ppm) * 0.0864:0.0} s a day")
            : "";
        string step = clock.Step is { } set ? $", {OfStep(set)}" : "";
        return $"{Of(clock.Offset)}{drift}{step} (measured {Instant(clock.MeasuredAt)})";
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.f'Z'", CultureInfo.InvariantCulture);

    private static string Length(TimeSpan time)
    {
        // What the way here took is no part of it: a clock that is a day ahead is not 23 h 59 min ahead.
        TimeSpan off = time.Duration() < TimeSpan.FromMinutes(59) ? time.Duration() : TimeSpan.FromMinutes(Math.Round(time.Duration().TotalMinutes));
        return off switch
        {
            { TotalDays: >= 1 } => $"{(int)off.TotalDays} d {off.Hours} h",
            { TotalHours: >= 1 } => $"{(int)off.TotalHours} h {off.Minutes} min",
            { TotalMinutes: >= 1 } => $"{off.Minutes} min {off.Seconds} s",
            _ => string.Create(CultureInfo.InvariantCulture, $"{off.TotalSeconds:0.0} s"),
        };
    }
}
