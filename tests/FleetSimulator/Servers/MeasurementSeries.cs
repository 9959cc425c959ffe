using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>
/// The numeric series of a simulated server. Levels walk, counters grow, and both have the precision that the kernel gives them, so
/// that what they cost to store is not a fiction.
/// </summary>
internal sealed class MeasurementSeries
{
    private readonly SimulatedServer _server;
    private readonly Random _random;
    private readonly SeriesWalk[] _walks;
    private bool _announced;

    public MeasurementSeries(SimulatedServer server, int readings, Random random)
    {
        _server = server;
        _random = random;
        _walks = [.. SeriesCatalogue.For(server).Take(readings).Select(walk => walk with { Value = walk.Start(random) })];
    }

    /// <summary>Readings in a report.</summary>
    public int Count => _walks.Length;

    /// <summary>The next report names all series again: a new epoch, or a resync.</summary>
    public void AnnounceAgain() => _announced = false;

    /// <summary>Takes the readings of this moment.</summary>
    public Report Take()
    {
        Report report = _server.Moments.Report(_server.Moments.Now());
        Measurements measurements = new();
        for (int index = 0; index < _walks.Length; index++)
        {
            if (!_announced)
                measurements.NewSeries.Add(_walks[index].Series(index + 1));
            measurements.Series.Add(index + 1);
            measurements.Values.Add(_walks[index].Step(_random));
        }

        _announced = true;
        report.Measurements = measurements;
        return report;
    }
}
