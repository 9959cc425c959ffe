using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>The last self-test found a fault of the disk (ACS-4 self-test execution status 3 to 7; NVMe log page 06h).</summary>
internal static class SelfTestFailed
{
    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo) =>
        now.SelfTest == SelfTest.Failed
            ? Verdict.Failed("self-test.failed", "The disk's last self-test found a fault", new Evidence("self_test", "failed")).AtOnce()
            : null;
}
