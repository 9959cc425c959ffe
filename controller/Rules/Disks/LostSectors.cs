using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>
/// Sectors that the disk cannot read: 197 pending and 198 uncorrectable by their count, 5 reallocated and 187 reported
/// uncorrectable by their growth in a day (the four that go with failures in Pinheiro et al., FAST 2007, and in Backblaze's
/// published figures). Degrading: the disk still serves, a spare is reserved.
/// </summary>
internal static class LostSectors
{
    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo) => Verdict.Worst(
        [
            Count(now, 197, "sectors wait to be remapped because they cannot be read"),
            Count(now, 198, "sectors cannot be corrected"),
            Grown(now, dayAgo, 5, "sectors were remapped in a day"),
            Grown(now, dayAgo, 187, "errors could not be corrected in a day"),
        ],
        Verdict.Healthy("")) is { Health: not Health.Healthy } verdict ? verdict : null;

    private static Verdict? Count(DiskFacts now, int number, string words) =>
        RawCount.Of(now, number) is { } count and > 0 ? Tell(number, count, words) : null;

    private static Verdict? Grown(DiskFacts now, DiskFacts? dayAgo, int number, string words) =>
        dayAgo is not null && Growth.Of(RawCount.Of(now, number), RawCount.Of(dayAgo, number)) is var grown and > 0
            ? Tell(number, grown, words).AtOnce()
            : null;

    private static Verdict Tell(int number, long count, string words) => Verdict.Degrading(
        $"ata.sectors.{number}", $"{count} {words}", new Evidence($"attribute {number}", Growth.Text(count)));
}
