using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Sensors;

/// <summary>At or above the critical bound that the chip holds (Linux hwmon: tempN_crit): the machine throttles or stops.</summary>
internal static class TemperatureCritical
{
    // Boards that hold no bound report 0 or a value beyond any material.
    private const double Plausible = 150;

    public static Verdict? Judge(SensorFacts now) =>
        now is { Kind: SensorKind.Temperature, Value: { } value, Critical: { } critical and > 0 and < Plausible } && value >= critical
            ? Verdict.Failed(
                "temperature.critical",
                $"The temperature has reached its critical bound of {SensorRules.Text(critical, now.Kind)}",
                new Evidence("value", SensorRules.Text(now)),
                new Evidence("critical", SensorRules.Text(critical, now.Kind)))
            : null;
}
