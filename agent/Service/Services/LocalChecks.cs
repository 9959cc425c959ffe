using HaiSoft.Agent.Configuration;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Checks of the local configuration, each of one kind:
/// <c>{ "unit": "redis.service", "role": "database" }</c>, <c>{ "tcp": 8080 }</c>,
/// <c>{ "http": "https://shop.example/health", "port": 8443 }</c>, <c>{ "fileSystem": "/srv" }</c>.
/// </summary>
internal static class LocalChecks
{
    private static readonly string[] Kinds = ["unit", "tcp", "http", "fileSystem"];

    /// <summary>Reads them; what is wrong is noted and left out.</summary>
    public static IReadOnlyList<ServiceDefinition> Read(IReadOnlyList<ConfigurationSection> sections)
    {
        List<ServiceDefinition> services = [];
        foreach (ConfigurationSection section in sections)
        {
            if (Read(section) is not { } service)
            {
                continue;
            }

            if (ServiceValidation.FindFault(service) is { } fault)
            {
                section.Refuse("cannot be checked: " + fault);
            }
            else if (services.Exists(other => other.ServiceId == service.ServiceId))
            {
                section.Refuse($"is there twice ({service.ServiceId})");
            }
            else
            {
                services.Add(service);
            }
        }

        return services;
    }

    private static ServiceDefinition? Read(ConfigurationSection section)
    {
        string[] kinds = Array.FindAll(Kinds, section.Has);
        ServiceRole role = section.Choice("role", section.Has("fileSystem") ? ServiceRole.Storage : ServiceRole.Other);
        int port = section.Integer("port", 0, 1, 65535);
        if (kinds.Length != 1)
        {
            section.Refuse($"should have exactly one of {string.Join(", ", Kinds)}");
            return null;
        }

        CheckTarget? target = kinds[0] switch
        {
            "unit" => section.Text("unit") is { } unit ? new SystemdTarget(unit) : null,
            "tcp" => section.Integer("tcp", 0, 1, 65535) is > 0 and var tcp ? new TcpTarget(tcp) : null,
            "http" => ReadHttp(section, port),
            _ => section.Text("fileSystem") is { } mount ? new FileSystemTarget(mount) : null,
        };
        return target is null ? null : new ServiceDefinition(ServiceIds.Of(target), role, ServiceOrigin.Local, target);
    }

    private static HttpTarget? ReadHttp(ConfigurationSection section, int port)
    {
        if (section.Text("http", 2000) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            section.RefuseAt("http", "should be an address such as \"https://shop.example/\"");
            return null;
        }

        return new HttpTarget(port > 0 ? port : uri.Port, uri.IdnHost, uri.Scheme == Uri.UriSchemeHttps, uri.PathAndQuery);
    }
}
