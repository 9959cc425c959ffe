using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>The services of a web hosting server, as an agent finds them (DOMAIN 4.1).</summary>
internal static class MainServices
{
    public static IReadOnlyList<ServiceDefinition> All { get; } =
    [
        Unit("sshd.service", ServiceRole.Ssh),
        Unit("httpd.service", ServiceRole.Web),
        Unit("mariadb.service", ServiceRole.Database),
        Unit("postfix.service", ServiceRole.Mail),
        Unit("dovecot.service", ServiceRole.Mail),
        Unit("named.service", ServiceRole.Dns),
        Unit("proftpd.service", ServiceRole.Ftp),
        Port(22, ServiceRole.Ssh),
        Port(25, ServiceRole.Mail),
        Port(443, ServiceRole.Web),
        Room("/"),
        Room("/var"),
    ];

    /// <summary>Those whose fault opens an incident of its own: the units.</summary>
    public static IReadOnlyList<ServiceDefinition> Units { get; } = [.. All.Where(service => service.Kind == CheckKind.Systemd)];

    /// <summary>The unit that goes down and comes back on servers that are told to have one.</summary>
    public static ServiceDefinition Flapping { get; } = Units[1];

    private static ServiceDefinition Unit(string unit, ServiceRole role) =>
        new() { ServiceId = $"systemd:{unit}", Kind = CheckKind.Systemd, Role = role, Origin = ServiceOrigin.Discovered, Unit = unit };

    private static ServiceDefinition Port(int port, ServiceRole role) =>
        new() { ServiceId = $"tcp:{port}", Kind = CheckKind.Tcp, Role = role, Origin = ServiceOrigin.Discovered, Port = port };

    private static ServiceDefinition Room(string mountPoint) => new()
    {
        ServiceId = $"filesystem:{mountPoint}",
        Kind = CheckKind.FileSystem,
        Role = ServiceRole.Storage,
        Origin = ServiceOrigin.Discovered,
        MountPoint = mountPoint,
    };
}
