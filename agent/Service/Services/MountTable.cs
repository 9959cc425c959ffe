using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Services;

/// <summary>The file systems that hold something: mounted from a device of this machine.</summary>
internal static class MountTable
{
    private static readonly HashSet<string> RealTypes = new(StringComparer.Ordinal)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "vfat", "bcachefs",
    };

    /// <summary>A mounted file system.</summary>
    /// <param name="MountPoint">Where.</param>
    /// <param name="IsReadOnly">It cannot be written now.</param>
    /// <param name="ShouldBeWritable">/etc/fstab mounts it and does not say read-only.</param>
    internal readonly record struct Mount(string MountPoint, bool IsReadOnly, bool ShouldBeWritable);

    /// <summary>Real file systems, each device once, at the mount point that is highest up. A container's root counts.</summary>
    public static IReadOnlyList<Mount> Read(FileRoots roots)
    {
        Dictionary<string, bool> table = ReadFstab(roots.InEtc("fstab"));
        Dictionary<string, Mount> byDevice = new(StringComparer.Ordinal);
        string path = roots.InProc("self/mountinfo");
        if (!File.Exists(path))
        {
            return [];
        }

        foreach (string line in File.ReadLines(path))
        {
            // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-");
            if (dash < 6 || fields.Length < dash + 4)
            {
                continue;
            }

            string mountPoint = Unescape(fields[4]);
            if (!RealTypes.Contains(fields[dash + 1]) && mountPoint != "/")
            {
                continue;
            }

            // The file system's own options, not the mount's: in our hardened unit every mount is read-only (ProtectSystem=strict).
            bool readOnly = HasOption(fields[dash + 3], "ro");
            Mount mount = new(mountPoint, readOnly, table.TryGetValue(mountPoint, out bool writable) && writable);
            if (!byDevice.TryGetValue(fields[2], out Mount known) || mountPoint.Length < known.MountPoint.Length)
            {
                byDevice[fields[2]] = mount;
            }
        }

        List<Mount> mounts = [.. byDevice.Values];
        mounts.RemoveAll(mount => IsBoundFile(mount.MountPoint));
        mounts.Sort((left, right) => string.CompareOrdinal(left.MountPoint, right.MountPoint));
        return mounts;
    }

    // A container runtime mounts single files (/etc/resolv.conf) from the host's disk.
    private static bool IsBoundFile(string mountPoint) => File.Exists(mountPoint);

    private static Dictionary<string, bool> ReadFstab(string path)
    {
        Dictionary<string, bool> writable = new(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return writable;
        }

        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 4 && !fields[0].StartsWith('#'))
            {
                writable[Unescape(fields[1])] = !HasOption(fields[3], "ro");
            }
        }

        return writable;
    }

    private static bool HasOption(string options, string wanted)
    {
        foreach (Range range in options.AsSpan().Split(','))
        {
            if (options.AsSpan()[range].SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    // Blank, tab, line feed and backslash are written as three octal digits.
    private static string Unescape(string text) => !text.Contains('\\')
        ? text
        : text.Replace("\\040", " ", StringComparison.Ordinal)
            .Replace("\\011", "\t", StringComparison.Ordinal)
            .Replace("\\012", "\n", StringComparison.Ordinal)
            .Replace("\\134", "\\", StringComparison.Ordinal);
}
