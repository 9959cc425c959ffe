using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Arrays;

/// <summary>An array that is assembled and does not run (md(4): array_state "inactive"): its data cannot be reached.</summary>
internal static class ArrayInactive
{
    public static Verdict? Judge(ArrayFacts now) => now.Inactive
        ? Verdict.Failed(
            "array.inactive", $"{Redundancy.NameOf(now)} does not run: its data cannot be reached", new Evidence("array_state", "inactive"))
        : null;
}
