using System.Globalization;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Sensors;

/// <summary>Judges one reading of a sensor. Everything here must hold twice: a peak passes.</summary>
public static class SensorRules
{
    /// <summary>The verdict; absent for a sensor that is broken or shows nothing: boards have many that are not connected.</summary>
    public static Verdict? Judge(SensorFacts now) => now.Fault || now.Value is null
        ? null
        : Verdict.Worst(
            [TemperatureCritical.Judge(now), FanStopped.Judge(now), OutOfBounds.Judge(now)],
            Verdict.Healthy($"{Text(now)}, within its bounds"));

    /// <summary>The sensor for people.</summary>
    public static string TitleOf(SensorFacts sensor) =>
        string.IsNullOrEmpty(sensor.Label) ? $"Sensor {sensor.SensorId}" : $"Sensor {sensor.Label} ({sensor.SensorId})";

    internal static string Text(SensorFacts sensor) => Text(sensor.Value!.Value, sensor.Kind);

    internal static string Text(double value, SensorKind kind) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} ") + kind switch
    {
        SensorKind.Temperature => "°C",
        SensorKind.Fan => "rpm",
        SensorKind.Voltage => "V",
        SensorKind.Power => "W",
        SensorKind.Current => "A",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
