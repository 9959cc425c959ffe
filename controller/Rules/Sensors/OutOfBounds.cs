using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Sensors;

/// <summary>
/// Outside the bounds that the chip holds, with the chip's alarm (Linux hwmon: *_alarm, *_min, *_max). An alarm alone is not
/// believed: chips hold bounds that nobody set.
/// </summary>
internal static class OutOfBounds
{
    public static Verdict? Judge(SensorFacts now)
    {
        if (now is not { Alarm: true, Value: { } value } || now is { Kind: SensorKind.Fan, Value: 0 })
            return null;
        double? broken = value < now.Low ? now.Low : value > now.High ? now.High : null;
        return broken is null
            ? null
            : Verdict.Degrading(
                "sensor.bounds",
                $"The value is {(value < broken ? "below" : "above")} its bound of {SensorRules.Text(broken.Value, now.Kind)}",
                new Evidence("value", SensorRules.Text(now)),
                new Evidence("alarm", "1"));
    }
}
