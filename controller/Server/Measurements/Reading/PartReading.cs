using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Measurements.Series;

namespace HaiSoft.Controller.Measurements.Reading;

/// <summary>
/// Fills parts from the coarsest resolution that still tells them apart, day by day: from roll-ups where they are made and fine
/// enough, else from every reading, and from what is left where the readings are not kept any more.
/// </summary>
/// <param name="reading">The server's.</param>
/// <param name="days">What is kept.</param>
/// <param name="from">The first instant, in Unix microseconds.</param>
/// <param name="step">A part's length, in microseconds.</param>
/// <param name="count">How many parts.</param>
internal sealed class PartReading(ServerReading reading, MeasurementDays days, long from, long step, int count)
{
    // A part of the chart holds two parts of a roll-up at least, or its edges would show.
    private const int Finer = 2;

    /// <summary>Fills the parts of some series.</summary>
    public async Task<Dictionary<int, PartGrid>> FillAsync(IReadOnlyCollection<KnownSeries> series, CancellationToken cancellationToken)
    {
        Dictionary<int, PartGrid> grids = series.ToDictionary(s => s.Id, _ => new PartGrid(from, step, count));
        HashSet<int> ids = [.. grids.Keys];
        long end = from + (step * count);
        int last = Resolutions.DayOf(end - 1);
        Dictionary<int, Resolution> rolled = await RolledAsync(Resolutions.DayOf(from), last, cancellationToken);
        for (int day = Resolutions.DayOf(from), next; day <= last; day = next)
        {
            bool isRolled = rolled.TryGetValue(day, out Resolution resolution);
            for (next = day + 1; next <= last && rolled.TryGetValue(next, out Resolution other) == isRolled && other == resolution;)
                next++;
            if (isRolled)
                await FromRollupsAsync(grids, ids, resolution, day, next - 1, cancellationToken);
            else
                await FromReadingsAsync(grids, ids, Math.Max(from, day * Resolutions.Day), Math.Min(end, next * Resolutions.Day), cancellationToken);
        }

        return grids;
    }

    // The days that are read from a roll-up.
    private async Task<Dictionary<int, Resolution>> RolledAsync(int first, int last, CancellationToken cancellationToken)
    {
        Dictionary<int, Resolution> rolled = [];
        foreach (Resolution resolution in Resolutions.All)
        {
            foreach (int day in await reading.DaysAsync(resolution, first, last, cancellationToken))
            {
                bool isFineEnough = resolution.Width() * Finer <= step;
                if (isFineEnough || (day < days.FirstOfReadings && !rolled.ContainsKey(day)))
                    rolled[day] = resolution;
            }
        }

        return rolled;
    }

    private async Task FromReadingsAsync(
        Dictionary<int, PartGrid> grids, HashSet<int> ids, long start, long end, CancellationToken cancellationToken)
    {
        ReadingTable table = await reading.TableAsync(ids, start, end, cancellationToken);
        foreach ((int id, int column) in table.Columns)
        {
            ReadOnlySpan<double> values = table.Values(column);
            for (int row = 0; row < values.Length; row++)
            {
                if (!double.IsNaN(values[row]) && table.Times[row] < end)
                    grids[id].Add(table.Times[row], values[row]);
            }
        }
    }

    private Task FromRollupsAsync(
        Dictionary<int, PartGrid> grids, HashSet<int> ids, Resolution resolution, int first, int last, CancellationToken cancellationToken) =>
        reading.RollupsAsync(
            resolution,
            first,
            last,
            ids,
            (id, day, parts) =>
            {
                for (int i = 0; i < parts.Length; i++)
                    grids[id].Add((day * Resolutions.Day) + (i * resolution.Width()), resolution.Width(), parts[i]);
            },
            cancellationToken);
}
