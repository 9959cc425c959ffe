using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>
/// Errors of the media that were not corrected, by growth in a day: NVMe media errors (log page 02h), SCSI uncorrected
/// errors and grown defects (log pages 02h, 03h, 05h; defect list). Counts over the disk's life tell nothing of today.
/// </summary>
internal static class MediaErrors
{
    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo) =>
        Tell("nvme.media-errors", "media errors", Growth.Of(now.Nvme?.MediaErrorCount, dayAgo?.Nvme?.MediaErrorCount))
        ?? Tell("scsi.uncorrected", "uncorrected errors", Growth.Of(now.Scsi?.UncorrectedErrorCount, dayAgo?.Scsi?.UncorrectedErrorCount))
        ?? Tell("scsi.defects", "grown defects", Growth.Of(now.Scsi?.GrownDefectCount, dayAgo?.Scsi?.GrownDefectCount));

    private static Verdict? Tell(string code, string what, long grown) => grown == 0
        ? null
        : Verdict.Degrading(code, $"{grown} more {what} in a day", new Evidence($"{what} (growth)", Growth.Text(grown))).AtOnce();
}
