using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>
/// The numeric series of a simulated server. Levels walk, counters grow, and both have the precision that the kernel gives them, so
/// that what they cost to store is not a fiction. The first one numbers the reports, so that each can be told from all others of its server.
/// </summary>
internal sealed class MeasurementSeries
{
    private readonly SimulatedServer _server;
    private readonly Random _random;
    private readonly SeriesWalk[] _walks;
    private bool _announced;
    private long _number;

    public MeasurementSeries(SimulatedServer server, int readings, Random random)
    {
        _server = server;
        _random = random;
        _walks = [.. SeriesCatalogue.For(server).Take(readings - 1).Select(walk => walk with { Value = walk.Start(random) })];
        // Later runs begin higher: none comes near a million reports a second.
        _number = (server.Moments.Now() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>Readings in a report.</summary>
    public int Count => _walks.Length + 1;

    /// <summary>The next report names all series again: a new epoch, or a resync.</summary>
    public void AnnounceAgain() => _announced = false;

    /// <summary>Takes the readings of this moment.</summary>
    public Report Take()
    {
        Report report = _server.Moments.Report(_server.Moments.Now());
        Measurements measurements = new() { Series = { 1 }, Values = { ++_number } };
        if (!_announced)
            measurements.NewSeries.Add(new Series { Number = 1, Metric = LedgerMark.ReportNumber, Kind = SeriesKind.Counter });
        for (int index = 0; index < _walks.Length; index++)
        {
            if (!_announced)
                measurements.NewSeries.Add(_walks[index].Series(index + 2));
            measurements.Series.Add(index + 2);
            measurements.Values.Add(_walks[index].Step(_random));
        }

        _announced = true;
        report.Measurements = measurements;
        return report;
    }
}
