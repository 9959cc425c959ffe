namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Instants of readings: Unix microseconds.</summary>
internal static class ReadingTime
{
    /// <summary>The latest that is stored, in the year 2255: what fits a double too.</summary>
    public const long Latest = 1L << 53;
}
