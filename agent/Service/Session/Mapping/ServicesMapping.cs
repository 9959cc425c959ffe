using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Services;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>Service checks as messages, and the controller's service definitions as ours.</summary>
internal static class ServicesMapping
{
    public static Wire.ServiceReport ToMessage(ServiceRound round)
    {
        Wire.ServiceReport report = new()
        {
            ConfigurationVersion = round.ConfigurationVersion,
            Complete = round.Complete,
            Interval = Duration.FromTimeSpan(round.Interval),
        };
        foreach (ServiceCheck check in round.Checks)
        {
            report.Checks.Add(ToMessage(check));
        }

        return report;
    }

    public static Wire.ServiceCheck ToMessage(ServiceCheck check)
    {
        Wire.ServiceCheck message = new()
        {
            Service = ToMessage(check.Service),
            CheckedTime = Timestamp.FromDateTimeOffset(check.CheckedTime),
            Duration = Duration.FromTimeSpan(check.Duration),
        };
        switch (check.Seen)
        {
            case SystemdUnitSeen unit:
                message.Systemd = ToMessage(unit);
                break;
            case ConnectionSeen tcp:
                message.Tcp = new Wire.ConnectionSeen { Outcome = (Wire.ConnectionOutcome)tcp.Outcome, ConnectDuration = ToMessage(tcp.ConnectDuration) };
                break;
            case HttpSeen http:
                message.Http = ToMessage(http);
                break;
            case FileSystemSeen room:
                message.FileSystem = ToMessage(room);
                break;
            case CheckNotMade notMade:
                message.NotMade = new Wire.CheckNotMade { Reason = (Wire.CheckNotMadeReason)notMade.Reason, Detail = Wording.Bound(notMade.Detail) };
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(check), check.Seen.GetType().Name, "no message is made of it");
        }

        return message;
    }

    /// <summary>The definition of a message; <c>null</c>, and why in <paramref name="fault"/>, when it is not usable.</summary>
    public static ServiceDefinition? FromMessage(Wire.ServiceDefinition message, out string fault)
    {
        CheckTarget? target = message.Kind switch
        {
            Wire.CheckKind.Systemd => new SystemdTarget(message.Unit),
            Wire.CheckKind.Tcp => new TcpTarget(message.Port),
            Wire.CheckKind.Http => new HttpTarget(message.Port, message.HostName, message.Tls, message.Path),
            Wire.CheckKind.FileSystem => new FileSystemTarget(message.MountPoint),
            _ => null,
        };
        fault = target is null ? "its kind of check is unknown to this agent" : "";
        if (message.Role is < Wire.ServiceRole.Web or > Wire.ServiceRole.Other)
        {
            fault = "its role is unknown to this agent";
        }

        return fault.Length == 0
            ? new ServiceDefinition(message.ServiceId, (ServiceRole)message.Role, ServiceOrigin.Controller, target!)
            : null;
    }

    private static Wire.ServiceDefinition ToMessage(ServiceDefinition service)
    {
        // Roles, origins and outcomes have the numbers of the protocol; a test holds them together.
        Wire.ServiceDefinition message = new()
        {
            ServiceId = service.ServiceId,
            Role = (Wire.ServiceRole)service.Role,
            Origin = (Wire.ServiceOrigin)service.Origin,
        };
        switch (service.Target)
        {
            case SystemdTarget systemd:
                message.Kind = Wire.CheckKind.Systemd;
                message.Unit = systemd.Unit;
                break;
            case TcpTarget tcp:
                message.Kind = Wire.CheckKind.Tcp;
                message.Port = tcp.Port;
                break;
            case HttpTarget http:
                message.Kind = Wire.CheckKind.Http;
                message.Port = http.Port;
                message.HostName = http.HostName;
                message.Tls = http.Tls;
                message.Path = http.Path;
                break;
            case FileSystemTarget fileSystem:
                message.Kind = Wire.CheckKind.FileSystem;
                message.MountPoint = fileSystem.MountPoint;
                break;
        }

        return message;
    }

    private static Wire.SystemdUnitSeen ToMessage(SystemdUnitSeen unit)
    {
        Wire.SystemdUnitSeen message = new()
        {
            LoadState = unit.LoadState,
            ActiveState = unit.ActiveState,
            SubState = unit.SubState,
            Result = unit.Result,
            UnitFileState = unit.UnitFileState,
            StateChangeTime = unit.StateChangeTime is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        };
        if (unit.RestartCount is { } restarts)
        {
            message.RestartCount = restarts;
        }

        return message;
    }

    private static Wire.HttpSeen ToMessage(HttpSeen http)
    {
        Wire.HttpSeen message = new()
        {
            Connection = (Wire.ConnectionOutcome)http.Connection,
            AnswerDuration = ToMessage(http.AnswerDuration),
            CertificateExpiryTime = http.CertificateExpiryTime is { } expiry ? Timestamp.FromDateTimeOffset(expiry) : null,
        };
        if (http.StatusCode is { } status)
        {
            message.StatusCode = status;
        }

        if (http.Tls is { } tls)
        {
            message.Tls = (Wire.TlsOutcome)tls;
        }

        return message;
    }

    private static Wire.FileSystemSeen ToMessage(FileSystemSeen room)
    {
        Wire.FileSystemSeen message = new()
        {
            SizeBytes = room.SizeBytes,
            AvailableBytes = room.AvailableBytes,
            UnexpectedlyReadOnly = room.UnexpectedlyReadOnly,
        };
        if (room is { InodeCount: { } count, InodeFreeCount: { } free })
        {
            message.InodeCount = count;
            message.InodeFreeCount = free;
        }

        return message;
    }

    private static Duration? ToMessage(TimeSpan? span) => span is { } value ? Duration.FromTimeSpan(value) : null;
}
