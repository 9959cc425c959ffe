using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Memory;

/// <summary>
/// Corrected errors by their rate per module: single ones are cosmic rays, 24 a day are a cell that goes (the rate above
/// which Linux's own rasdaemon and mcelog take a page out of use: 10 to 50 in 24 h).
/// </summary>
internal static class CorrectedErrors
{
    private const long PerDay = 24;

    public static Verdict? Judge(MemoryFacts now, MemoryFacts? dayAgo) =>
        dayAgo is not null && Growth.Of(now.CorrectedCount, dayAgo.CorrectedCount) is var grown and >= PerDay
            ? Verdict.Degrading(
                "memory.corrected", $"{grown} corrected memory errors in a day", new Evidence("ce_count (growth)", Growth.Text(grown)))
            : null;
}
