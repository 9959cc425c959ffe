using System.Globalization;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>
/// ATA attributes at or below their threshold (SFF-8035i: a prefailure attribute predicts the loss of data within 24 h, an
/// old-age attribute only tells that the design life is over). Heat that passed (190, 194) is no fault of the disk.
/// </summary>
internal static class AttributeFailed
{
    public static Verdict? Judge(DiskFacts now, DiskFacts? dayAgo)
    {
        AtaAttribute[] failing = [.. now.AtaAttributes.Where(a => a.Failure == AttributeFailure.Now)];
        if (failing.Length > 0)
        {
            AtaAttribute[] prefailing = [.. failing.Where(a => a.Prefailure)];
            return prefailing.Length > 0
                ? Tell(Verdict.Failed, "ata.prefailure", "at or below its threshold: data may be lost within a day", prefailing).AtOnce()
                : Tell(Verdict.Degrading, "ata.old-age", "at or below its threshold: the design life is over", failing);
        }

        AtaAttribute[] past = [.. now.AtaAttributes.Where(a => a is { Failure: AttributeFailure.Past, Prefailure: true, Number: not (190 or 194) })];
        return past.Length == 0 ? null : Tell(Verdict.Degrading, "ata.past", "was at or below its threshold before", past);
    }

    private static Verdict Tell(
        Func<string, string, IReadOnlyList<Evidence>, Verdict> verdict, string code, string words, AtaAttribute[] attributes) =>
        verdict(
            $"{code}.{string.Join('.', attributes.Select(a => a.Number))}",
            $"{string.Join(", ", attributes.Select(a => $"Attribute {a.Number} ({a.Name})"))} {words}",
            [.. attributes.Select(a => new Evidence(
                $"attribute {a.Number}", string.Create(CultureInfo.InvariantCulture, $"{a.Value}, threshold {a.Threshold}")))]);
}
