using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Sensors;

/// <summary>A fan that should turn and does not: 0 rpm below a lower bound above 0 (Linux hwmon: fanN_min). Headers without a fan have no bound.</summary>
internal static class FanStopped
{
    public static Verdict? Judge(SensorFacts now) =>
        now is { Kind: SensorKind.Fan, Value: 0, Low: > 0 }
            ? Verdict.Failed(
                "fan.stopped",
                "The fan stands still",
                new Evidence("value", "0 rpm"),
                new Evidence("min", SensorRules.Text(now.Low!.Value, now.Kind)))
            : null;
}
