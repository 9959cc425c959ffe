using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Services that technicians added, for the wire. The numbers of the roles are the protocol's.</summary>
internal static class AddedServiceMapping
{
    public static ServiceDefinition ToMessage(AddedService service) => new()
    {
        ServiceId = service.ServiceId,
        Kind = service.Check switch
        {
            AddedCheck.Systemd => CheckKind.Systemd,
            AddedCheck.Tcp => CheckKind.Tcp,
            AddedCheck.Http => CheckKind.Http,
            _ => throw new ArgumentOutOfRangeException(nameof(service)),
        },
        Role = (ServiceRole)service.Role,
        Origin = ServiceOrigin.Controller,
        Unit = service.Unit,
        Port = service.Port,
        HostName = service.HostName,
        Tls = service.Tls,
        Path = service.Path,
    };
}
