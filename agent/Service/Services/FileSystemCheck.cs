using System.Runtime.InteropServices;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>Looks at a file system's room. A look that hangs is not repeated until it ends: a dying disk holds its threads.</summary>
internal sealed class FileSystemCheck(FileRoots roots, TimeProvider time)
{
    private const int NoSuchFile = 2;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<CheckSeen>> _looking = new(StringComparer.Ordinal);

    public async Task<CheckSeen> CheckAsync(FileSystemTarget target, TimeSpan patience, CancellationToken cancellationToken)
    {
        Task<CheckSeen> look;
        lock (_gate)
        {
            if (!_looking.TryGetValue(target.MountPoint, out look!) || look.IsCompleted)
            {
                look = Task.Run(() => Look(target.MountPoint), CancellationToken.None);
                _looking[target.MountPoint] = look;
            }
        }

        try
        {
            return await look.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new CheckNotMade(CheckNotMadeReason.TimedOut, $"the file system at {target.MountPoint} does not answer");
        }
    }

    private CheckSeen Look(string mountPoint)
    {
        bool? unexpectedlyReadOnly = null;
        foreach (LocalFileSystems.FileSystem mount in LocalFileSystems.Read(roots))
        {
            if (mount.MountPoint == mountPoint)
            {
                unexpectedlyReadOnly = mount.IsReadOnly && mount.ShouldBeWritable;
            }
        }

        if (LinuxCalls.StatVfs(mountPoint, out LinuxCalls.FileSystemStatus status) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error == NoSuchFile
                ? new CheckNotMade(CheckNotMadeReason.Missing, $"there is no {mountPoint}")
                : new CheckNotMade(CheckNotMadeReason.Denied, $"the system does not tell about {mountPoint} (error {error})");
        }

        if (unexpectedlyReadOnly is null)
        {
            return new CheckNotMade(CheckNotMadeReason.Missing, $"nothing is mounted at {mountPoint}");
        }

        bool countsInodes = status.Inodes > 0;
        return new FileSystemSeen(
            Bytes(status.Blocks, status.FragmentSize),
            Bytes(status.BlocksAvailable, status.FragmentSize),
            countsInodes ? (long)Math.Min(status.Inodes, long.MaxValue) : null,
            countsInodes ? (long)Math.Min(status.InodesFree, long.MaxValue) : null,
            unexpectedlyReadOnly.Value);
    }

    private static long Bytes(ulong blocks, ulong size) => (long)UInt128.Min((UInt128)blocks * size, (UInt128)long.MaxValue);
}
