using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Memory;

/// <summary>
/// An uncorrected error since boot (EDAC ue_count): the module returned wrong data once and will again. The count falls to 0
/// only with a reboot, which replacing it needs anyway.
/// </summary>
internal static class UncorrectedErrors
{
    public static Verdict? Judge(MemoryFacts now) => now.UncorrectedCount > 0
        ? Verdict.Failed(
            "memory.uncorrected",
            "Memory errors that could not be corrected since boot",
            new Evidence("ue_count", Growth.Text(now.UncorrectedCount))).AtOnce()
        : null;
}
