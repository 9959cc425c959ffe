using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Rules.Sla;

namespace HaiSoft.Controller.Console.Display;

/// <summary>How a clock looks at an instant. wwwroot/js/console.js counts on by the same rules.</summary>
/// <param name="Tone">"running", "soon" (less than a quarter is left), "late", "met", "missed".</param>
/// <param name="Text">"42 min 10 s left", "5 min 03 s late", "met, after 12 min".</param>
/// <param name="Spent">Of its time, in per cent, 0 to 100.</param>
internal sealed record ClockFace(string Tone, string Text, int Spent)
{
    /// <summary>Of a clock's time: with less than this left it looks urgent.</summary>
    public const double SoonShare = 0.25;

    public static ClockFace Of(SlaClock clock, DateTimeOffset now, Messages messages)
    {
        var length = clock.DueAt - clock.StartedAt;
        var spent = (int)Math.Clamp(((clock.StoppedAt ?? now) - clock.StartedAt) / length * 100, 0, 100);
        if (clock.StoppedAt is { } stopped)
        {
            var took = Durations.SayRoughly(stopped - clock.StartedAt, messages);
            return clock.State == SlaClockState.Met
                ? new("met", messages["clock.met", took], spent)
                : new("missed", messages["clock.missed", took], spent);
        }

        var left = clock.DueAt - now;
        return left < TimeSpan.Zero
            ? new("late", messages["clock.late", Durations.Say(left, messages)], spent)
            : new(left < length * SoonShare ? "soon" : "running", messages["clock.left", Durations.Say(left, messages)], spent);
    }
}
