using System.Globalization;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Display;

/// <summary>A clock in a few words: "begin in 37:12", "replace late 1:04:00", "begun in time".</summary>
internal static class Countdown
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(15);

    public static string Of(Clock clock, DateTimeOffset now)
    {
        DateTimeOffset due = clock.DueTime.ToDateTimeOffset();
        (string wanted, string done) = clock.Kind == ClockKind.Replacement ? ("replace", "replaced") : ("begin", "begun");
        if (clock.StoppedTime is { } stopped)
            return clock.State == ClockState.Breached ? $"{done} late {Span(stopped.ToDateTimeOffset() - due)}" : $"{done} in time";
        return now <= due ? $"{wanted} in {Span(due - now)}" : $"{wanted} late {Span(now - due)}";
    }

    public static string StyleOf(Clock clock, DateTimeOffset now) => clock switch
    {
        { State: ClockState.Met } => "green",
        { StoppedTime: not null } => "red",
        _ when now > clock.DueTime.ToDateTimeOffset() => "red bold",
        _ when clock.DueTime.ToDateTimeOffset() - now < Soon => "yellow bold",
        _ => "default",
    };

    /// <summary>"0:59", "37:12", "3:59:00".</summary>
    public static string Span(TimeSpan span)
    {
        span = span.Duration();
        return span.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span:mm\\:ss}")
            : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}:{span:ss}");
    }
}
