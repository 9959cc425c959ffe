using HaiSoft.Controller.Measurements.Blocks;

namespace HaiSoft.Controller.Measurements.Rollups;

/// <summary>A day of one server in parts of equal length. Readings are added in the order of their instants.</summary>
/// <param name="resolution">How long a part is.</param>
internal sealed class DayRollup(Resolution resolution)
{
    private readonly SortedDictionary<int, PartSum[]> _parts = [];

    /// <summary>How long a part is.</summary>
    public Resolution Resolution => resolution;

    /// <summary>The parts of each series that has a reading.</summary>
    public IReadOnlyDictionary<int, PartSum[]> Series => _parts;

    /// <summary>Adds all readings of a table in order, all of the same day.</summary>
    public void Add(ReadingTable table)
    {
        foreach ((int series, int column) in table.Columns)
        {
            PartSum[]? parts = _parts.GetValueOrDefault(series);
            ReadOnlySpan<double> values = table.Values(column);
            for (int row = 0; row < values.Length; row++)
            {
                if (double.IsNaN(values[row]))
                    continue;
                parts ??= _parts[series] = new PartSum[resolution.Parts()];
                parts[PartOf(table.Times[row])].Add(values[row]);
            }
        }
    }

    private int PartOf(long time) => (int)(time % Resolutions.Day / resolution.Width());
}
