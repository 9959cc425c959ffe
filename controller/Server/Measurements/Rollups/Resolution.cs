namespace HaiSoft.Controller.Measurements.Rollups;

/// <summary>How finely a roll-up tells of a day. Stored by number: never change one, only add.</summary>
internal enum Resolution
{
    /// <summary>A part for each five minutes.</summary>
    FiveMinutes = 1,

    /// <summary>A part for each hour.</summary>
    Hour = 2,
}

/// <summary>The parts of a day.</summary>
internal static class Resolutions
{
    /// <summary>Microseconds of a day.</summary>
    public const long Day = 86_400_000_000;

    /// <summary>From the finest on.</summary>
    public static readonly IReadOnlyList<Resolution> All = [Resolution.FiveMinutes, Resolution.Hour];

    /// <summary>Parts of a day.</summary>
    public static int Parts(this Resolution resolution) => resolution == Resolution.FiveMinutes ? 288 : 24;

    /// <summary>Microseconds of a part.</summary>
    public static long Width(this Resolution resolution) => Day / resolution.Parts();

    /// <summary>The day of an instant, both since 1970, the instant in microseconds.</summary>
    public static int DayOf(long time) => (int)(time / Day);
}
