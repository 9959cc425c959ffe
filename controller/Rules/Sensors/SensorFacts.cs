namespace HaiSoft.Controller.Rules.Sensors;

/// <summary>What a sensor measures, and in which unit.</summary>
public enum SensorKind
{
    /// <summary>Degrees Celsius.</summary>
    Temperature = 1,

    /// <summary>Turns per minute.</summary>
    Fan = 2,

    /// <summary>Volts.</summary>
    Voltage = 3,

    /// <summary>Watts.</summary>
    Power = 4,

    /// <summary>Amperes.</summary>
    Current = 5,
}

/// <summary>One reading of a sensor on the board. Bounds that the chip does not hold are absent.</summary>
/// <param name="SensorId">Chip and channel, stable.</param>
/// <param name="Label">Label, where the driver gives one.</param>
/// <param name="Kind">What it measures.</param>
/// <param name="Value">The value; absent when the sensor is broken.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Critical">Critical bound.</param>
/// <param name="Alarm">The chip's own alarm; absent when it has none.</param>
/// <param name="Fault">The sensor itself is broken or not connected.</param>
public sealed record SensorFacts(
    string SensorId,
    string? Label,
    SensorKind Kind,
    double? Value,
    double? Low,
    double? High,
    double? Critical,
    bool? Alarm,
    bool Fault);
