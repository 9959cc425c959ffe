using System.Globalization;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>The ids that the agent gives services: the same service has the same id after every restart.</summary>
internal static class ServiceIds
{
    public static string Of(CheckTarget target) => target switch
    {
        SystemdTarget systemd => "systemd:" + systemd.Unit,
        TcpTarget tcp => string.Create(CultureInfo.InvariantCulture, $"tcp:{tcp.Port}"),
        HttpTarget http => "http:" + AddressOf(http),
        FileSystemTarget fileSystem => "filesystem:" + fileSystem.MountPoint,
        _ => throw new ArgumentOutOfRangeException(nameof(target), target.GetType().Name, "no id is made of it"),
    };

    private static string AddressOf(HttpTarget http)
    {
        string scheme = http.Tls ? "https" : "http";
        bool usual = http.Port == (http.Tls ? 443 : 80);
        return string.Create(CultureInfo.InvariantCulture, $"{scheme}://{http.HostName}{(usual ? "" : $":{http.Port}")}{http.Path}");
    }
}
