using HaiSoft.Agent.Readings.FileSystems;

namespace HaiSoft.Agent.Linux;

/// <summary>The file systems that hold something: mounted from a device of this machine.</summary>
internal static class LocalFileSystems
{
    /// <summary>A mounted file system, as it is and as it should be.</summary>
    /// <param name="MountPoint">Where.</param>
    /// <param name="IsReadOnly">It cannot be written now.</param>
    /// <param name="ShouldBeWritable">/etc/fstab mounts it and does not say read-only.</param>
    internal readonly record struct FileSystem(string MountPoint, bool IsReadOnly, bool ShouldBeWritable);

    /// <summary>Each once, ordered by its place; none when the kernel's table cannot be read.</summary>
    public static IReadOnlyList<FileSystem> Read(FileRoots roots)
    {
        IReadOnlySet<string> writable = Fstab.Writable(Text(roots.InEtc("fstab")));
        List<FileSystem> all = [];
        foreach (Mount mount in MountTable.Parse(Text(roots.InProc("self/mountinfo"))))
        {
            // A container runtime mounts single files (/etc/resolv.conf) from the host's disk.
            if (!File.Exists(mount.MountPoint))
            {
                all.Add(new FileSystem(mount.MountPoint, mount.ReadOnly, writable.Contains(mount.MountPoint)));
            }
        }

        return all;
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
