using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>Makes an agent's reports, turn by turn.</summary>
internal sealed class ReportMaker(SimulatedServer server, ReportMix mix)
{
    private const int TurnsOfRound = 5;

    private int _turn = server.Number;

    /// <summary>The configuration that the rounds are made by.</summary>
    public long ConfigurationVersion { get; set; }

    /// <summary>The whole state: at start, and when the controller asks for it.</summary>
    public IEnumerable<Report> WholeState()
    {
        server.Measurements.AnnounceAgain();
        return
        [
            InventoryReports.Of(server),
            .. HardwareReports.EachMinute(server),
            HardwareReports.Disks(server),
            ServiceReports.Round(server, ConfigurationVersion),
            server.Measurements.Take(),
        ];
    }

    /// <summary>What the next turn brings.</summary>
    public IEnumerable<Report> NextTurn()
    {
        _turn++;
        yield return server.Measurements.Take();
        if (mix == ReportMix.Measurements)
            yield break;

        foreach (Report report in HardwareReports.EachMinute(server))
            yield return report;

        if (_turn % TurnsOfRound == 0)
        {
            yield return HardwareReports.Disks(server);
            yield return ServiceReports.Round(server, ConfigurationVersion);
        }
    }
}
