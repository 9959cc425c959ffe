using System.Globalization;
using System.Text;

namespace HaiSoft.Benchmarks.Storage;

/// <summary>
/// What the kernel tells of this machine at one instant, as it tells it. A recording is a file of them: "@@ MICROSECONDS" before each,
/// "== FILE" before each file of /proc.
/// </summary>
internal static class KernelDump
{
    private static readonly string[] Files = ["loadavg", "stat", "meminfo", "diskstats", "net/dev", "uptime"];

    /// <summary>Takes one.</summary>
    public static string Take(TimeProvider time)
    {
        StringBuilder dump = new();
        dump.Append(CultureInfo.InvariantCulture, $"@@ {(time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}\n");
        foreach (string file in Files)
            dump.Append("== ").Append(file).Append('\n').Append(File.ReadAllText(Path.Combine("/proc", file)));
        foreach (string sensor in Sensors())
            dump.Append("== ").Append(sensor).Append('\n').Append(File.ReadAllText(sensor));
        foreach (DriveInfo drive in DriveInfo.GetDrives().Where(drive => drive.IsReady && drive.DriveFormat is "ext4" or "xfs" or "btrfs" or "overlay"))
            dump.Append(CultureInfo.InvariantCulture, $"== df\n{drive.Name} {drive.TotalSize} {drive.TotalSize - drive.TotalFreeSpace} {drive.AvailableFreeSpace}\n");
        return dump.ToString();
    }

    private static IEnumerable<string> Sensors() =>
        !Directory.Exists("/sys/class/hwmon") ? [] : Directory.EnumerateDirectories("/sys/class/hwmon").SelectMany(chip => Directory.EnumerateFiles(chip, "temp*_input"));
}
