using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Memory;

/// <summary>Memory errors of one module, or of a controller whose modules cannot be told apart, since boot (EDAC).</summary>
/// <param name="Controller">"mc0".</param>
/// <param name="Module">"dimm3"; empty for the controller's own counts.</param>
/// <param name="Label">Label on the board, where there is one.</param>
/// <param name="CorrectedCount">Errors that were corrected.</param>
/// <param name="UncorrectedCount">Errors that were not.</param>
public sealed record MemoryFacts(string Controller, string Module, string? Label, long CorrectedCount, long UncorrectedCount);

/// <summary>Judges one reading of a memory module.</summary>
public static class MemoryRules
{
    /// <summary>The verdict.</summary>
    public static Verdict Judge(MemoryFacts now, History<MemoryFacts> history) => Verdict.Worst(
        [UncorrectedErrors.Judge(now), CorrectedErrors.Judge(now, history.Baseline?.Facts)],
        Verdict.Healthy("No memory errors that matter"));

    /// <summary>The module for people.</summary>
    public static string TitleOf(MemoryFacts memory) =>
        $"Memory {(string.IsNullOrEmpty(memory.Label) ? $"{memory.Controller} {memory.Module}".TrimEnd() : memory.Label)}";
}
