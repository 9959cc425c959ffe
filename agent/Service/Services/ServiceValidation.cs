using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Whether a service can be checked as it is defined. What comes from the controller is not trusted: a definition names
/// nothing but the server's own units, ports and mount points.
/// </summary>
internal static class ServiceValidation
{
    private const int MaximumId = 300;

    /// <summary>What is wrong, in words; <c>null</c> when nothing is.</summary>
    public static string? FindFault(ServiceDefinition service)
    {
        if (service.ServiceId.Length is 0 or > MaximumId || service.ServiceId.AsSpan().ContainsAnyInRange('\0', ' '))
        {
            return "its id should have 1 to 300 characters without spaces";
        }

        return service.Target switch
        {
            SystemdTarget systemd => IsUnitName(systemd.Unit) ? null : "the unit's name should be one of systemd's, with its suffix: mariadb.service",
            TcpTarget tcp => FindPortFault(tcp.Port),
            HttpTarget http => FindPortFault(http.Port) ?? FindHttpFault(http),
            FileSystemTarget fileSystem => FindPathFault(fileSystem.MountPoint),
            _ => "its kind of check is unknown to this agent",
        };
    }

    private static string? FindPortFault(int port) => port is >= 1 and <= 65535 ? null : "its port should be 1 to 65535";

    private static string? FindHttpFault(HttpTarget http)
    {
        if (Uri.CheckHostName(http.HostName) == UriHostNameType.Unknown)
        {
            return "its host name is none";
        }

        return http.Path.Length is > 0 and <= 2000 && http.Path[0] == '/' && IsPrintable(http.Path)
            ? null
            : "its path should begin with a slash and have no spaces";
    }

    private static string? FindPathFault(string path) =>
        path.Length is > 0 and <= 1000 && path[0] == '/' && !path.Contains("/../", StringComparison.Ordinal) && !path.Contains('\0')
            ? null
            : "its mount point should be an absolute path";

    private static bool IsUnitName(string unit)
    {
        int dot = unit.LastIndexOf('.');
        if (dot < 1 || unit.Length > 255 || unit[0] == '-')
        {
            return false;
        }

        foreach (char c in unit)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !":-_.\\@".Contains(c))
            {
                return false;
            }
        }

        return unit[dot..] is ".service" or ".socket" or ".mount" or ".timer" or ".target" or ".path";
    }

    private static bool IsPrintable(string text) => text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
