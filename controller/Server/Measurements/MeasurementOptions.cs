namespace HaiSoft.Controller.Measurements;

/// <summary>How long measurements are kept (configuration section <c>Controller:Measurements</c>). Whole days, UTC.</summary>
public sealed class MeasurementOptions
{
    /// <summary>Every reading. 2 to 400 days; default 14: what happened around an incident, while it is worked on and talked about.</summary>
    public TimeSpan Readings { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Parts of five minutes. Not shorter than <see cref="Readings"/>, at most 800 days; default 90: a quarter.</summary>
    public TimeSpan FiveMinutes { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Parts of an hour. Not shorter than <see cref="FiveMinutes"/>, at most 4,000 days; default 400: a month beside that of the year before.</summary>
    public TimeSpan Hours { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Every fault of these options, each saying what to do.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Readings < TimeSpan.FromDays(2) || Readings > TimeSpan.FromDays(400))
            yield return $"Controller:Measurements:Readings is {Readings}: give 2.00:00:00 to 400.00:00:00 (days).";
        if (FiveMinutes < Readings || FiveMinutes > TimeSpan.FromDays(800))
            yield return $"Controller:Measurements:FiveMinutes is {FiveMinutes}: give {Readings} (Readings) to 800.00:00:00.";
        if (Hours < FiveMinutes || Hours > TimeSpan.FromDays(4000))
            yield return $"Controller:Measurements:Hours is {Hours}: give {FiveMinutes} (FiveMinutes) to 4000.00:00:00.";
    }
}
