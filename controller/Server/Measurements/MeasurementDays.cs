using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Measurements;

/// <summary>Which days are kept in which resolution, and which are over.</summary>
internal sealed class MeasurementDays(IOptions<MeasurementOptions> options, TimeProvider time)
{
    // Agents that were cut off for a while have sent what they held by then; a day that gets more is done again.
    private static readonly TimeSpan Settling = TimeSpan.FromHours(6);

    /// <summary>Today, counted from 1970-01-01 (UTC).</summary>
    public int Today => DayOf(time.GetUtcNow());

    /// <summary>The first day of which every reading is kept.</summary>
    public int FirstOfReadings => DayOf(time.GetUtcNow() - options.Value.Readings);

    /// <summary>The first day that a roll-up is kept of.</summary>
    public int FirstOf(Resolution resolution) =>
        DayOf(time.GetUtcNow() - (resolution == Resolution.Hour ? options.Value.Hours : options.Value.FiveMinutes));

    /// <summary>The last day that may be rolled up.</summary>
    public int LastSettled => DayOf(time.GetUtcNow() - Settling) - 1;

    private static int DayOf(DateTimeOffset instant) => Resolutions.DayOf(instant.ToUnixMicroseconds());
}
