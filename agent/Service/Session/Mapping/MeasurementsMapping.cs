using HaiSoft.Agent.Readings.Measurements;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>Numeric readings as two columns; a series is named only when it is new.</summary>
internal static class MeasurementsMapping
{
    public static Wire.Measurements ToMessage(IReadOnlyList<Measurement> measurements, SeriesCatalogue catalogue)
    {
        Wire.Measurements message = new();
        catalogue.WriteAgain();
        foreach (Measurement measurement in measurements)
        {
            if (!double.IsFinite(measurement.Value))
            {
                continue; // what could not be read is left out
            }

            (int number, bool declare) = catalogue.Use(measurement.Metric, measurement.Component, measurement.Kind);
            if (declare)
            {
                message.NewSeries.Add(Declare(number, new SeriesKey(measurement.Metric, measurement.Component, measurement.Kind)));
            }

            message.Series.Add(number);
            message.Values.Add(measurement.Value);
        }

        return message;
    }

    /// <summary>What a number is of.</summary>
    public static Wire.Series Declare(int number, SeriesKey key) => new()
    {
        Number = number,
        Metric = key.Metric,
        Component = key.Component,
        Kind = ToMessage(key.Kind),
    };

    public static Wire.SeriesKind ToMessage(SeriesKind kind) => kind switch
    {
        SeriesKind.Gauge => Wire.SeriesKind.Gauge,
        SeriesKind.Counter => Wire.SeriesKind.Counter,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
