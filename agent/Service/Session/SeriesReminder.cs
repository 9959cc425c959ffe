using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session;

/// <summary>
/// Says again what the numbers of series are of, in the reports that use them, where the controller may not know: in a new
/// epoch, and behind a gap in which it may have been said.
/// </summary>
internal sealed class SeriesReminder(SeriesCatalogue catalogue)
{
    private readonly HashSet<int> _told = [];
    private bool _isNeeded;

    /// <summary>From here on the controller may not know any number.</summary>
    public void Begin()
    {
        _isNeeded = true;
        _told.Clear();
    }

    /// <summary>Adds to a report what its numbers are of.</summary>
    public void Amend(Report report)
    {
        if (!_isNeeded || report.Measurements is not { } measurements)
        {
            return;
        }

        foreach (Series series in measurements.NewSeries)
        {
            _told.Add(series.Number);
        }

        foreach (int number in measurements.Series)
        {
            if (_told.Add(number) && catalogue.Find(number) is { } key)
            {
                measurements.NewSeries.Add(MeasurementsMapping.Declare(number, key));
            }
        }
    }
}
