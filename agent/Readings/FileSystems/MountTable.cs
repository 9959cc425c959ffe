namespace HaiSoft.Agent.Readings.FileSystems;

/// <summary>Reads /proc/self/mountinfo (proc(5)): the file systems that hold data, each once.</summary>
// 22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
// 36 22 8:17 / /srv/my\040data rw,noatime - xfs /dev/sdb1 rw
public static class MountTable
{
    private const int MaximumMounts = 500;

    // Others are the kernel's own, of a moment, or of another machine: their fill says nothing about this server's disks.
    private static readonly HashSet<string> Local = new(StringComparer.Ordinal)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "reiserfs", "jfs", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "bcachefs",
    };

    /// <summary>The local file systems, ordered by where they are mounted. The root counts whatever it is: a container's may be an overlay.</summary>
    public static IReadOnlyList<Mount> Parse(string text)
    {
        Dictionary<string, Mount> byDevice = new(StringComparer.Ordinal);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (ReadLine(line.ToString()) is { } mount
                && (Local.Contains(mount.Type) || mount.MountPoint == "/")
                && (byDevice.TryGetValue(mount.DeviceNumber, out Mount? known)
                    ? mount.MountPoint.Length < known.MountPoint.Length
                    : byDevice.Count < MaximumMounts))
            {
                byDevice[mount.DeviceNumber] = mount;
            }
        }

        List<Mount> mounts = [.. byDevice.Values];
        mounts.Sort((left, right) => string.CompareOrdinal(left.MountPoint, right.MountPoint));
        return mounts;
    }

    private static Mount? ReadLine(string line)
    {
        string[] words = line.Split(' ');
        int dash = Array.IndexOf(words, "-");
        return dash < 6 || words.Length < dash + 4
            ? null
            : new Mount(
                OctalEscapes.Undo(words[4]),
                words[dash + 1],
                OctalEscapes.Undo(words[dash + 2]),
                words[2],
                MountOptions.Contain(words[dash + 3], "ro"));
    }
}
