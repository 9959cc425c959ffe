using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Measurements;

namespace HaiSoft.Agent.Measurements;

/// <summary>
/// Room on the local file systems. One whose disk hangs takes the thread that asked it with it: it is asked again only
/// when it has answered, and the others go on.
/// </summary>
internal sealed class FileSystemFigures(FileRoots roots, TimeSpan patience, TimeProvider time)
{
    private readonly Dictionary<string, Task<LinuxCalls.FileSystemStatus?>> _asked = new(StringComparer.Ordinal);

    public async Task AddToAsync(List<Measurement> measurements, CancellationToken cancellationToken)
    {
        foreach (LocalFileSystems.FileSystem mount in LocalFileSystems.Read(roots))
        {
            if (!_asked.TryGetValue(mount.MountPoint, out var asked))
            {
                _asked[mount.MountPoint] = asked = Task.Run(() => Ask(mount.MountPoint), cancellationToken);
            }

            if (asked.IsCompleted || await Task.WhenAny(asked, Task.Delay(patience, time, cancellationToken)) == asked)
            {
                _asked.Remove(mount.MountPoint);
                if (await asked is { } status)
                {
                    Add(measurements, mount.MountPoint, status);
                }
            }
        }
    }

    private static LinuxCalls.FileSystemStatus? Ask(string mountPoint) =>
        LinuxCalls.StatVfs(mountPoint, out LinuxCalls.FileSystemStatus status) == 0 ? status : null;

    private static void Add(List<Measurement> measurements, string mountPoint, LinuxCalls.FileSystemStatus status)
    {
        double unit = status.FragmentSize;
        measurements.Add(new Measurement("filesystem.size_bytes", mountPoint, SeriesKind.Gauge, status.Blocks * unit));
        measurements.Add(new Measurement("filesystem.used_bytes", mountPoint, SeriesKind.Gauge, (status.Blocks - status.BlocksFree) * unit));
        measurements.Add(new Measurement("filesystem.available_bytes", mountPoint, SeriesKind.Gauge, status.BlocksAvailable * unit));
        if (status.Inodes > 0)
        {
            measurements.Add(new Measurement("filesystem.inodes_free_count", mountPoint, SeriesKind.Gauge, status.InodesFree));
        }
    }
}
