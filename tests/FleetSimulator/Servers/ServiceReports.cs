using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>What a simulated server's checks see.</summary>
internal static class ServiceReports
{
    private static readonly Duration Interval = Duration.FromTimeSpan(TimeSpan.FromMinutes(5));
    private static readonly Duration Brief = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(3));

    /// <summary>A round: every service, all well but the one that is down.</summary>
    public static Report Round(SimulatedServer server, long configurationVersion)
    {
        DateTimeOffset now = server.Moments.Now();
        Report report = Begun(server, configurationVersion, now, complete: true);
        report.Services.Checks.AddRange(server.Services.Select(service => Check(server, service, now, up: service.ServiceId != server.Down?.ServiceId)));
        return report;
    }

    /// <summary>One check, as it is repeated to confirm what it saw.</summary>
    public static Report Single(SimulatedServer server, ServiceDefinition service, bool up)
    {
        DateTimeOffset now = server.Moments.Now();
        Report report = Begun(server, configurationVersion: 0, now, complete: false);
        report.Services.Checks.Add(Check(server, service, now, up));
        return report;
    }

    /// <summary>What a check of the service sees now.</summary>
    public static ServiceCheck Now(SimulatedServer server, ServiceDefinition service) =>
        Check(server, service, server.Moments.Now(), up: service.ServiceId != server.Down?.ServiceId);

    private static Report Begun(SimulatedServer server, long configurationVersion, DateTimeOffset at, bool complete)
    {
        Report report = server.Moments.Report(at);
        report.Services = new ServiceReport { ConfigurationVersion = configurationVersion, Complete = complete, Interval = Interval };
        return report;
    }

    private static ServiceCheck Check(SimulatedServer server, ServiceDefinition service, DateTimeOffset at, bool up)
    {
        ServiceCheck check = new() { Service = service, CheckedTime = ServerMoments.Stamp(at), Duration = Brief };
        switch (service.Kind)
        {
            case CheckKind.Systemd:
                check.Systemd = Unit(server, at, up);
                break;
            case CheckKind.Tcp:
                check.Tcp = new ConnectionSeen { Outcome = up ? ConnectionOutcome.Open : ConnectionOutcome.Refused, ConnectDuration = Brief };
                break;
            default:
                check.FileSystem = new FileSystemSeen
                {
                    SizeBytes = SimulatedDisk.Capacity,
                    AvailableBytes = up ? SimulatedDisk.Capacity / 2 : 0,
                    InodeCount = 58_000_000,
                    InodeFreeCount = 57_000_000,
                };
                break;
        }

        return check;
    }

    private static SystemdUnitSeen Unit(SimulatedServer server, DateTimeOffset at, bool up) => new()
    {
        LoadState = "loaded",
        ActiveState = up ? "active" : "inactive",
        SubState = up ? "running" : "dead",
        Result = "success",
        UnitFileState = "enabled",
        RestartCount = 0,
        StateChangeTime = ServerMoments.Stamp(up ? server.Moments.Booted.AddSeconds(20) : at.AddSeconds(-2)),
    };
}
