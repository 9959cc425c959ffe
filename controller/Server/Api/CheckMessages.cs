using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Added checks, from and to the wire.</summary>
internal static class CheckMessages
{
    public static CheckPlanChange ToChange(SetServerChecksRequest request) => new(
        [.. request.Add.Select(ToService)],
        [.. request.Remove],
        request.ServiceInterval is { } interval ? Bounded(interval) : null);

    private static AddedService ToService(ServiceDefinition definition) => new()
    {
        ServiceId = definition.ServiceId,
        Check = definition.Kind switch
        {
            CheckKind.Systemd => AddedCheck.Systemd,
            CheckKind.Tcp => AddedCheck.Tcp,
            CheckKind.Http => AddedCheck.Http,
            _ => default,
        },
        Role = (AddedRole)definition.Role,
        Unit = definition.Unit,
        Port = definition.Port,
        HostName = definition.HostName,
        Tls = definition.Tls,
        Path = definition.Path,
    };

    // What is outside any calendar is outside 1 to 15 minutes too, and told as such.
    private static TimeSpan Bounded(Duration interval) =>
        Math.Abs(interval.Seconds) < 1_000_000 ? interval.ToTimeSpan() : TimeSpan.FromSeconds(Math.CopySign(1_000_000, interval.Seconds));
}
