using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>The rated life is used up (NVMe log page 02h byte 5; SCSI log page 11h): the disk still works, plan its replacement.</summary>
internal static class Wear
{
    private const int RatedLife = 100;

    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo) =>
        (now.Nvme?.PercentageUsed ?? now.Scsi?.PercentageUsed) is { } used and >= RatedLife
            ? Verdict.Degrading("disk.worn", $"The disk's rated life is used up ({used} %)", new Evidence("percentage_used", $"{used} %"))
            : null;
}
