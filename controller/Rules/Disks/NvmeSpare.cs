using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>Spare below its threshold (NVM Express, log page 02h, bytes 3 and 4): the disk cannot replace bad blocks much longer.</summary>
internal static class NvmeSpare
{
    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo) =>
        now.Nvme is { AvailableSparePercent: { } spare, SpareThresholdPercent: { } threshold } && spare < threshold
            ? Verdict.Failed(
                "nvme.spare-left",
                $"Only {spare} % of the disk's spare blocks are left; its threshold is {threshold} %",
                new Evidence("available_spare", $"{spare} %"),
                new Evidence("available_spare_threshold", $"{threshold} %")).AtOnce()
            : null;
}
