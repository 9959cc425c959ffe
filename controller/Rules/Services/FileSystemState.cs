using System.Globalization;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Services;

/// <summary>
/// Room on a file system: blocks for an unprivileged user and inodes (statvfs(3): f_bavail, f_favail). One that turned
/// read-only did so because of errors (ext4(5): errors=remount-ro).
/// </summary>
internal static class FileSystemState
{
    public static Verdict Judge(string name, FileSystemSeen seen, ServiceThresholds thresholds) => Verdict.Worst(
        [
            seen.ReadOnly
                ? Verdict.Failed("fs.read-only", $"{name} turned read-only", new Evidence("mounted", "ro"))
                : null,
            Fill(name, "room", seen.SizeBytes, seen.AvailableBytes, thresholds),
            Fill(name, "inodes", seen.InodeCount, seen.InodeFreeCount, thresholds),
        ],
        Verdict.Healthy($"{name} has room"));

    private static Verdict? Fill(string name, string what, long? size, long? free, ServiceThresholds thresholds)
    {
        if (size is not > 0 || free is null)
            return null;
        double used = 100.0 * (size.Value - Math.Clamp(free.Value, 0, size.Value)) / size.Value;
        Evidence evidence = new($"{what} used", used.ToString("0.0", CultureInfo.InvariantCulture) + " %");
        return used >= thresholds.FillFailedPercent ? Verdict.Failed($"fs.full.{what}", $"{name} is full: {Left(what)} left", evidence)
            : used >= thresholds.FillDegradingPercent ? Verdict.Degrading($"fs.filling.{what}", $"{name} fills up: little {what} left", evidence)
            : null;
    }

    private static string Left(string what) => what == "room" ? "almost no room is" : "almost no inodes are";
}
