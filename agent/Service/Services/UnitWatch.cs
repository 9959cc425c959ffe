using System.Globalization;
using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Notices between two rounds that a unit's main process ended or that a stopped unit runs again, by looking into its control group: no
/// process is started, and a look costs some microseconds a unit. Not into /proc: the agent's unit hides the processes of other users
/// there (<c>ProtectProc=invisible</c>).
/// </summary>
internal sealed class UnitWatch(FileRoots roots)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watched> _units = new(StringComparer.Ordinal);

    /// <summary>Remembers how a unit is, to notice when it is otherwise.</summary>
    public void Remember(string serviceId, UnitState unit)
    {
        string processes = Path.Combine(ControlGroupOf(unit), "cgroup.procs");
        string? main = unit.MainPid > 0 ? unit.MainPid.ToString(CultureInfo.InvariantCulture) : null;
        lock (_gate)
        {
            _units[serviceId] = new Watched(processes, main, IsThere(processes, main));
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
                if (IsThere(watched.Processes, watched.Main) != watched.WasThere)
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

    // The main process is in the group; or, of a unit without one, the group is there.
    private static bool IsThere(string processes, string? main)
    {
        try
        {
            return main is null ? File.Exists(processes) : File.ReadLines(processes).Contains(main, StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it goes away with its last process
        }
    }

    private string ControlGroupOf(UnitState unit)
    {
        string group = unit.ControlGroup.Length > 0 ? unit.ControlGroup : "/system.slice/" + unit.Id;
        string unified = roots.InSys("fs/cgroup" + group);
        return Directory.Exists(roots.InSys("fs/cgroup/systemd")) ? roots.InSys("fs/cgroup/systemd" + group) : unified;
    }

    private readonly record struct Watched(string Processes, string? Main, bool WasThere);
}
