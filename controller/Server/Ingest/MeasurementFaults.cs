using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Finds what is wrong with measurements. They are nearly all that comes, so each of their numbers is looked at once, and plainly.</summary>
internal static class MeasurementFaults
{
    /// <summary>The first fault, after the path of the message; absent when there is none.</summary>
    public static string? FindIn(Protocol.Agent.V1.Measurements measurements)
    {
        if (measurements.Series.Count != measurements.Values.Count)
            return $" has {measurements.Series.Count} series and {measurements.Values.Count} values: they must be equal.";
        if (Math.Max(measurements.Series.Count, measurements.NewSeries.Count) is > MessageFaults.LongestList and var count)
            return $" has {count} entries in a list; at most {MessageFaults.LongestList} are taken.";
        for (int i = 0; i < measurements.Values.Count; i++)
        {
            if (!double.IsFinite(measurements.Values[i]))
                return $".values[{i}] is not a number.";
        }

        return NamesTwice(measurements) ? ".series names a series twice." : FindInNew(measurements);
    }

    // Agents name them in rising order, so that one look at each suffices.
    private static bool NamesTwice(Protocol.Agent.V1.Measurements measurements)
    {
        for (int i = 1; i < measurements.Series.Count; i++)
        {
            if (measurements.Series[i] <= measurements.Series[i - 1])
                return measurements.Series.Distinct().Count() != measurements.Series.Count;
        }

        return false;
    }

    private static string? FindInNew(Protocol.Agent.V1.Measurements measurements)
    {
        for (int i = 0; i < measurements.NewSeries.Count; i++)
        {
            Series series = measurements.NewSeries[i];
            if (series.Number <= 0)
                return $".new_series[{i}] has a number below 1.";
            if (series.Metric.Length == 0)
                return $".new_series[{i}] has a metric without a name.";
            if (MessageFaults.FindIn(series) is { } fault)
                return $".new_series[{i}]{fault}";
        }

        return null;
    }
}
