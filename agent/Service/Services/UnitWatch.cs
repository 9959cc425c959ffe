using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Notices between two rounds that a unit's main process ended or that a stopped unit runs again, by looking whether a
/// few folders are there: no process is started, and a look costs some microseconds a unit.
/// </summary>
internal sealed class UnitWatch(FileRoots roots)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watched> _units = new(StringComparer.Ordinal);

    /// <summary>Remembers how a unit is, to notice when it is otherwise.</summary>
    public void Remember(string serviceId, UnitState unit)
    {
        string path = unit.MainPid > 0
            ? roots.InProc(unit.MainPid.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : ControlGroupOf(unit);
        lock (_gate)
        {
            _units[serviceId] = new Watched(path, Directory.Exists(path));
        }
    }

    /// <summary>Services whose unit is not as it was remembered. Each is told once, until it is remembered again.</summary>
    public List<string> TakeChanged()
    {
        List<string> changed = [];
        lock (_gate)
        {
            foreach ((string serviceId, Watched watched) in _units)
            {
                if (Directory.Exists(watched.Path) != watched.WasThere)
                {
                    changed.Add(serviceId);
                }
            }

            foreach (string serviceId in changed)
            {
                _units.Remove(serviceId);
            }
        }

        return changed;
    }

    private string ControlGroupOf(UnitState unit)
    {
        string group = unit.ControlGroup.Length > 0 ? unit.ControlGroup : "/system.slice/" + unit.Id;
        string unified = roots.InSys("fs/cgroup" + group);
        return Directory.Exists(roots.InSys("fs/cgroup/systemd")) ? roots.InSys("fs/cgroup/systemd" + group) : unified;
    }

    private readonly record struct Watched(string Path, bool WasThere);
}
