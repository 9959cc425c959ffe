using System.Globalization;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary>A check as it is typed: <c>systemd:UNIT</c>, <c>tcp:PORT</c>, <c>https://NAME[:PORT]/PATH</c>.</summary>
internal static class ServiceText
{
    public static ServiceDefinition Parse(string text, string role) => text switch
    {
        _ when text.StartsWith("systemd:", StringComparison.Ordinal) =>
            new() { ServiceId = text, Kind = CheckKind.Systemd, Unit = text["systemd:".Length..], Role = RoleOf(role) },
        _ when text.StartsWith("tcp:", StringComparison.Ordinal)
            && int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) =>
            new() { ServiceId = text, Kind = CheckKind.Tcp, Port = port, Role = RoleOf(role) },
        _ when Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) =>
            new()
            {
                ServiceId = $"http:{url.AbsoluteUri}",
                Kind = CheckKind.Http,
                HostName = url.IdnHost,
                Port = url.Port,
                Tls = url.Scheme == Uri.UriSchemeHttps,
                Path = url.PathAndQuery,
                Role = RoleOf(role),
            },
        _ => throw new CtlException(
            ExitCode.Usage, $"The check '{text}' cannot be read: write systemd:mariadb.service, tcp:3306 or https://shop.example/."),
    };

    private static ServiceRole RoleOf(string text) => text.ToLowerInvariant() switch
    {
        "web" => ServiceRole.Web,
        "database" => ServiceRole.Database,
        "mail" => ServiceRole.Mail,
        "dns" => ServiceRole.Dns,
        "ftp" => ServiceRole.Ftp,
        "ssh" => ServiceRole.Ssh,
        "plesk" => ServiceRole.Plesk,
        "storage" => ServiceRole.Storage,
        "other" => ServiceRole.Other,
        _ => throw new CtlException(
            ExitCode.Usage, $"The role '{text}' is unknown: write web, database, mail, dns, ftp, ssh, plesk, storage or other."),
    };
}
