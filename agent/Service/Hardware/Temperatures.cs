using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Disks;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Measurements;
using HaiSoft.Agent.Readings.Sensors;

namespace HaiSoft.Agent.Hardware;

/// <summary>The last temperatures that were read, for the series of measurements.</summary>
internal sealed class Temperatures
{
    private readonly Lock _gate = new();
    private readonly Dictionary<HardwareSource, List<Measurement>> _last = [];

    /// <summary>Takes what a reading tells; a source that cannot be read tells none, rather than an old one.</summary>
    public void Take(HardwareReading reading)
    {
        List<Measurement> values = [];
        if (reading.Outcome is Measured<HardwareComponents> { Value: var components })
        {
            foreach (DiskReading disk in components.Disks)
            {
                if (disk.Health?.TemperatureCelsius is { } celsius)
                {
                    values.Add(new Measurement("disk.temperature_celsius", disk.Serial ?? disk.Device, SeriesKind.Gauge, celsius));
                }
            }

            foreach (SensorReading sensor in components.Sensors)
            {
                if (sensor is { Kind: SensorKind.Temperature, Value: { } celsius })
                {
                    values.Add(new Measurement("sensor.temperature_celsius", sensor.SensorId, SeriesKind.Gauge, celsius));
                }
            }
        }

        lock (_gate)
        {
            _last[reading.Source] = values;
        }
    }

    /// <summary>Adds the last values.</summary>
    public void AddTo(List<Measurement> measurements)
    {
        lock (_gate)
        {
            foreach (List<Measurement> values in _last.Values)
            {
                measurements.AddRange(values);
            }
        }
    }
}
