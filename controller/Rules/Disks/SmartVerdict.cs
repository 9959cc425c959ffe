using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>
/// The disk's own verdict (ATA: SMART RETURN STATUS, the threshold exceeded condition; SCSI: IE log page). For NVMe smartctl
/// derives it from the critical-warning bits, which <see cref="NvmeCriticalWarning"/> judges one by one.
/// </summary>
internal static class SmartVerdict
{
    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo) =>
        now is { SmartPassed: false, Nvme: null }
            ? Verdict.Failed(
                "smart.failed", "The disk's own verdict is FAILED: it expects to fail", new Evidence("smart_status", "failed")).AtOnce()
            : null;
}
