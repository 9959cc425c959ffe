using System.Globalization;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>
/// The critical-warning bits of an NVMe disk (NVM Express base specification, SMART/health information log, byte 0). All are
/// faults; heat alone must hold twice, for a peak passes.
/// </summary>
internal static class NvmeCriticalWarning
{
    private static readonly (int Bit, string Code, string Words)[] Bits =
    [
        (1, "spare", "its spare blocks are below their threshold"),
        (4, "reliability", "its reliability is degraded by media or internal errors"),
        (8, "read-only", "its media are read-only"),
        (16, "backup", "the backup of its volatile memory has failed"),
        (32, "pmr", "its persistent memory region is read-only or unreliable"),
        (2, "temperature", "its temperature is out of bounds"),
    ];

    private const int Temperature = 2;

    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo)
    {
        if (now.Nvme is not { CriticalWarning: not 0 } nvme)
            return null;
        var set = Bits.Where(b => (nvme.CriticalWarning & b.Bit) != 0).ToArray();
        string words = set.Length == 0 ? "a bit that the specification reserves is set" : string.Join(", ", set.Select(b => b.Words));
        Verdict verdict = Verdict.Failed(
            "nvme." + string.Join('.', set.Select(b => b.Code).DefaultIfEmpty("reserved")),
            $"The disk warns that {words}",
            new Evidence("critical_warning", "0x" + nvme.CriticalWarning.ToString("x2", CultureInfo.InvariantCulture)));
        return nvme.CriticalWarning == Temperature ? verdict : verdict.AtOnce();
    }
}
