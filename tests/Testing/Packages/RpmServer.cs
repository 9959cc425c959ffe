using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Packages;

/// <summary>What makes a booted container one of a distribution with RPM packages, as the maker of its image would hand it over.</summary>
public static class RpmServer
{
    /// <summary>Where the server finds its repository.</summary>
    public const string RepositoryUrl = "http://127.0.0.1:8080/";

    // A reboot starts it again.
    private const string Repository =
        "[Service]\nExecStart=/usr/bin/python3 -m http.server --directory /srv/repository --bind 127.0.0.1 8080\n[Install]\nWantedBy=multi-user.target\n";

    /// <summary>Gives it an empty database in its usual place, and serves the repository's files on it.</summary>
    public static async Task PrepareAsync(Container server, RpmRepository repository, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(server.Path("/etc/rpm"));
        await File.WriteAllTextAsync(server.Path("/etc/rpm/macros"), "%_dbpath /var/lib/rpm\n", cancellationToken);
        await server.MustAsync(["rpm", "--initdb"], cancellationToken);
        (await Tool.RunAsync("cp", ["-a", repository.Folder, server.Path("/srv/repository")], cancellationToken)).Succeeded();
        await File.WriteAllTextAsync(server.Path("/etc/systemd/system/repository.service"), Repository, cancellationToken);
        await server.MustAsync(["systemctl", "daemon-reload"], cancellationToken);
        await server.MustAsync(["systemctl", "enable", "--now", "repository.service"], cancellationToken);
    }
}
