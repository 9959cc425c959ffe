using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Arrays;

/// <summary>
/// Fewer members work than should (md(4): degraded = raid_disks − active). A faulty member is unambiguous; a missing one must
/// hold twice. A rebuild without a faulty member is the repair, or the array's first build: it opens nothing.
/// </summary>
internal static class ArrayDegraded
{
    public static Verdict? Judge(ArrayFacts now)
    {
        int missing = now.RequiredCount - now.ActiveCount;
        if (now.Inactive || missing <= 0)
            return null;
        ArrayMember[] faulty = [.. now.Members.Where(m => m.State == ArrayMemberState.Faulty)];
        Evidence[] evidence =
        [
            new("members", $"{now.ActiveCount} of {now.RequiredCount}"),
            .. faulty.Select(m => new Evidence("faulty", Describe(m))),
        ];
        bool rebuilding = now.Activity is ArrayActivity.Recovering or ArrayActivity.Reshaping
            || now.Members.Any(m => m.State == ArrayMemberState.Rebuilding);
        if (faulty.Length == 0 && rebuilding)
        {
            return Verdict.Degrading("array.rebuilding", $"{Redundancy.Words(now)}; it rebuilds", evidence) with { Repairing = true };
        }

        Verdict verdict = Verdict.Failed($"array.degraded.{missing}", Redundancy.Words(now) + Blame(faulty), evidence);
        return faulty.Length > 0 ? verdict.AtOnce() : verdict;
    }

    private static string Blame(ArrayMember[] faulty) =>
        faulty.Length == 0 ? "" : $"; failed: {string.Join(", ", faulty.Select(Describe))}";

    private static string Describe(ArrayMember member) => string.Join(
        ' ',
        new[] { member.Device, member.DiskModel, member.DiskSerial, member.DiskSlot is null ? null : $"slot {member.DiskSlot}" }
            .Where(part => !string.IsNullOrEmpty(part)));
}
