using System.Text;

namespace HaiSoft.Agent.Readings.Measurements;

/// <summary>A mounted file system.</summary>
/// <param name="MountPoint">Where.</param>
/// <param name="Type">"ext4", "xfs".</param>
/// <param name="Source">Which device.</param>
/// <param name="DeviceNumber">"8:1": the same for every place that the file system is mounted at.</param>
/// <param name="ReadOnly">Mounted read-only, by itself or as a whole.</param>
public sealed record Mount(string MountPoint, string Type, string Source, string DeviceNumber, bool ReadOnly);

/// <summary>Reads /proc/self/mountinfo (proc(5)): the file systems that hold data, each once.</summary>
// 22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
// 36 22 8:17 / /srv/my\040data rw,noatime - xfs /dev/sdb1 rw
public static class MountTable
{
    private const int MaximumMounts = 500;

    // Those of the kernel's own, of a moment, or of another machine: their fill says nothing about this server's disks.
    private static readonly HashSet<string> Local = new(StringComparer.Ordinal)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "reiserfs", "jfs", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "bcachefs",
    };

    /// <summary>The local file systems; the first place that each is mounted at.</summary>
    public static IReadOnlyList<Mount> Parse(string text)
    {
        var mounts = new List<Mount>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
            if (mounts.Count < MaximumMounts && Line(line.ToString()) is { } mount && (Local.Contains(mount.Type) || mount is { Type: "overlay", MountPoint: "/" }) && seen.Add(mount.DeviceNumber))
                mounts.Add(mount);
        return mounts;
    }

    private static Mount? Line(string line)
    {
        var words = line.Split(' ');
        var dash = Array.IndexOf(words, "-");
        return dash < 6 || words.Length < dash + 4
            ? null
            : new Mount(
                Unescape(words[4]),
                words[dash + 1],
                Unescape(words[dash + 2]),
                words[2],
                IsReadOnly(words[5]) || IsReadOnly(words[dash + 3]));
    }

    private static bool IsReadOnly(string options) => options == "ro" || options.StartsWith("ro,", StringComparison.Ordinal);

    // The kernel writes blank, tab, line break and backslash as three octal digits.
    private static string Unescape(string word)
    {
        if (!word.Contains('\\', StringComparison.Ordinal))
            return word;
        var bytes = new List<byte>(word.Length);
        for (var rest = word.AsSpan(); !rest.IsEmpty;)
        {
            var isEscape = rest[0] == '\\' && rest.Length > 3;
            if (isEscape && Octal(rest[1..4]) is { } value)
            {
                bytes.Add(value);
                rest = rest[4..];
                continue;
            }

            var next = rest[1..].IndexOf('\\');
            var plain = next < 0 ? rest : rest[..(next + 1)];
            bytes.AddRange(Encoding.UTF8.GetBytes(plain.ToString()));
            rest = rest[plain.Length..];
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static byte? Octal(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
                return null;
            value = (value * 8) + (digit - '0');
        }

        return value <= byte.MaxValue ? (byte)value : null;
    }
}
