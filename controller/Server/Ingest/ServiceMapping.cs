using HaiSoft.Controller.Rules.Services;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes checks of services off the wire. The numbers of the enums are the same on both sides.</summary>
internal static class ServiceMapping
{
    public static ServiceFacts Map(Wire.ServiceCheck check, DateTimeOffset at) => new(
        check.Service.ServiceId,
        NameOf(check.Service),
        check.Service.Origin == Wire.ServiceOrigin.Discovered,
        at,
        check.SeenCase switch
        {
            Wire.ServiceCheck.SeenOneofCase.Systemd => Map(check.Systemd, check.CheckedTime is { } c ? at - c.ToDateTimeOffset() : TimeSpan.Zero),
            Wire.ServiceCheck.SeenOneofCase.Tcp => new ConnectionSeen((ConnectionOutcome)check.Tcp.Outcome),
            Wire.ServiceCheck.SeenOneofCase.Http => Map(check.Http),
            Wire.ServiceCheck.SeenOneofCase.FileSystem => Map(check.FileSystem),
            Wire.ServiceCheck.SeenOneofCase.NotMade => new CheckNotMade(Words(check.NotMade)),
            _ => new CheckNotMade("nothing was seen"),
        });

    private static string NameOf(Wire.ServiceDefinition service) => service.Kind switch
    {
        Wire.CheckKind.Systemd => service.Unit,
        Wire.CheckKind.Tcp => $"TCP port {service.Port}",
        Wire.CheckKind.Http => $"{(service.Tls ? "https" : "http")}://{service.HostName}"
            + $"{(service.Port == (service.Tls ? 443 : 80) ? "" : $":{service.Port}")}{service.Path}",
        Wire.CheckKind.FileSystem => $"File system {service.MountPoint}",
        _ => service.ServiceId,
    };

    // The unit's time is the agent's: it is moved as the check's was.
    private static UnitSeen Map(Wire.SystemdUnitSeen u, TimeSpan shift) => new(
        u.LoadState,
        u.ActiveState,
        u.SubState,
        u.Result,
        u.UnitFileState,
        u.HasRestartCount ? u.RestartCount : null,
        u.StateChangeTime?.ToDateTimeOffset() + shift);

    private static HttpSeen Map(Wire.HttpSeen h) => new(
        (ConnectionOutcome)h.Connection,
        h.HasStatusCode ? h.StatusCode : null,
        h.HasTls ? (TlsOutcome)h.Tls : null,
        h.CertificateExpiryTime?.ToDateTimeOffset());

    private static FileSystemSeen Map(Wire.FileSystemSeen f) => new(
        f.SizeBytes,
        f.AvailableBytes,
        f.HasInodeCount ? f.InodeCount : null,
        f.HasInodeFreeCount ? f.InodeFreeCount : null,
        f.UnexpectedlyReadOnly);

    private static string Words(Wire.CheckNotMade trouble)
    {
        string reason = trouble.Reason switch
        {
            Wire.CheckNotMadeReason.Missing => "the tool or the interface is missing",
            Wire.CheckNotMadeReason.TimedOut => "it took too long",
            Wire.CheckNotMadeReason.Denied => "the system denied it",
            Wire.CheckNotMadeReason.NotUnderstood => "the answer was not understood",
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };
        return trouble.Detail.Length == 0 ? reason : $"{reason} ({trouble.Detail})";
    }
}
