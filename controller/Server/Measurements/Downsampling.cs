namespace HaiSoft.Controller.Measurements;

/// <summary>Thins a series for a chart.</summary>
internal static class Downsampling
{
    /// <summary>At most so many points, each at the first instant and with the mean of its equal part of the range.</summary>
    public static IReadOnlyList<SeriesPoint> Thin(
        IEnumerable<SeriesPoint> points, DateTimeOffset from, DateTimeOffset to, int maxPoints)
    {
        SeriesPoint[] all = [.. points];
        if (all.Length <= maxPoints)
            return all;
        double width = (to - from).TotalMicroseconds / maxPoints;
        return [.. all
            .GroupBy(point => Math.Min(maxPoints - 1, (int)((point.At - from).TotalMicroseconds / width)))
            .Select(part => new SeriesPoint(part.First().At, part.Average(point => point.Value)))];
    }
}
