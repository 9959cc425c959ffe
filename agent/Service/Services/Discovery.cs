using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Finds the main services of this server (DOMAIN 4.1): known units that are enabled or run, a web server's page on port
/// 80, and real file systems.
/// </summary>
internal sealed class Discovery(FileRoots roots, ServiceCatalogue catalogue)
{
    private const int HttpPort = 80;

    /// <summary>Adds what is found among these units, and takes out what was uninstalled or unmounted.</summary>
    /// <param name="units">The units that systemctl found for <see cref="KnownServices.Names"/>.</param>
    public void Look(IReadOnlyList<UnitState> units)
    {
        var webRuns = false;
        foreach (UnitState unit in units)
        {
            if (RoleOf(unit) is not { } role)
            {
                continue;
            }

            ServiceDefinition service = Define(new SystemdTarget(unit.Id), role);
            if (unit.IsMeantToRun)
            {
                catalogue.Add(service);
                webRuns |= role == ServiceRole.Web && unit.Seen.ActiveState == "active";
            }
            else if (unit.Seen.LoadState is "not-found" or "masked")
            {
                catalogue.Remove(service.ServiceId);
            }
        }

        if (webRuns && ListeningPorts.Contains(roots, HttpPort))
        {
            // The name is not told to anyone else: the server asks itself, and any answer shows that it lives.
            catalogue.Add(Define(new HttpTarget(HttpPort, "localhost", Tls: false, "/"), ServiceRole.Web));
        }

        LookAtFileSystems();
    }

    private static ServiceRole? RoleOf(UnitState unit)
    {
        if (KnownServices.RoleOf(unit.Id) is { } role)
        {
            return role;
        }

        foreach (string name in unit.Names)
        {
            if (KnownServices.RoleOf(name) is { } byName)
            {
                return byName;
            }
        }

        return null;
    }

    private static ServiceDefinition Define(CheckTarget target, ServiceRole role) =>
        new(ServiceIds.Of(target), role, ServiceOrigin.Discovered, target);

    private void LookAtFileSystems()
    {
        HashSet<string> mounted = new(StringComparer.Ordinal);
        foreach (LocalFileSystems.FileSystem mount in LocalFileSystems.Read(roots))
        {
            ServiceDefinition service = Define(new FileSystemTarget(mount.MountPoint), ServiceRole.Storage);
            if (!mount.IsReadOnly || mount.ShouldBeWritable)
            {
                mounted.Add(service.ServiceId);
                catalogue.Add(service);
            }
        }

        foreach (ServiceDefinition service in catalogue.List())
        {
            if (service is { Origin: ServiceOrigin.Discovered, Target: FileSystemTarget } && !mounted.Contains(service.ServiceId))
            {
                catalogue.Remove(service.ServiceId);
            }
        }
    }
}
