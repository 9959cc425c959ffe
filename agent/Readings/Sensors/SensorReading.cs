namespace HaiSoft.Agent.Readings.Sensors;

/// <summary>A sensor on the board.</summary>
public sealed record SensorReading
{
    /// <summary>Chip and channel, stable over reboots where the bus address is: "nct6798-isa-0290/fan1".</summary>
    public required string SensorId { get; init; }

    /// <summary>Label, where the chip's driver gives one.</summary>
    public string? Label { get; init; }

    /// <summary>What it measures, and in which unit.</summary>
    public required SensorKind Kind { get; init; }

    /// <summary>The value in the unit of its kind; absent when the sensor could not be read.</summary>
    public double? Value { get; init; }

    /// <summary>Lower bound that the chip holds.</summary>
    public double? Low { get; init; }

    /// <summary>Upper bound that the chip holds.</summary>
    public double? High { get; init; }

    /// <summary>Critical bound that the chip holds.</summary>
    public double? Critical { get; init; }

    /// <summary>The chip's own alarm.</summary>
    public bool? Alarm { get; init; }

    /// <summary>The sensor itself is broken or not connected.</summary>
    public bool? Fault { get; init; }
}

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
