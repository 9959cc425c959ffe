using HaiSoft.Agent.Readings.Files;

namespace HaiSoft.Agent.Readings.Memory;

/// <summary>Reads /sys/devices/system/edac/mc (the kernel's Documentation/admin-guide/RAS).</summary>
// mc0/ce_count "3"  mc0/ue_count "0"  mc0/ce_noinfo_count "1"  mc0/ue_noinfo_count "0"
// mc0/dimm3/{dimm_label "CPU0_DIMM_B1", dimm_ce_count "2", dimm_ue_count "0"}   or mc0/rank3, or, before Linux 3.6,
// mc0/csrow1/{ce_count, ue_count, ch0_dimm_label, ch0_ce_count}
public static class EdacFolder
{
    /// <summary>Every module and every controller's own counts; not applicable where no driver counts memory errors.</summary>
    public static Reading<IReadOnlyList<MemoryReading>> Read(string sysRoot)
    {
        var root = Path.Combine(sysRoot, "devices", "system", "edac", "mc");
        var controllers = Listing.Names(root, "mc").Where(name => name.Length > 2 && char.IsAsciiDigit(name[2])).ToList();
        if (controllers.Count == 0)
            return Reading.NotApplicable<IReadOnlyList<MemoryReading>>("the kernel has no memory controller that counts errors (EDAC)");
        var readings = new List<MemoryReading>();
        foreach (var controller in controllers)
            if (Controller(Path.Combine(root, controller), controller, readings) is { } problem)
                return Reading.Unavailable<IReadOnlyList<MemoryReading>>(UnavailableReason.NotUnderstood, problem);
        return Reading.Measured<IReadOnlyList<MemoryReading>>(readings);
    }

    private static string? Controller(string folder, string controller, List<MemoryReading> readings)
    {
        if (SmallFile.Count(Path.Combine(folder, "ce_count")) is not { } corrected || SmallFile.Count(Path.Combine(folder, "ue_count")) is not { } uncorrected)
            return $"EDAC: {controller} has no error counts";
        var before = readings.Count;
        foreach (var prefix in (ReadOnlySpan<string>)["dimm", "rank"])
            foreach (var module in Listing.Names(folder, prefix))
                Add(readings, controller, module, Path.Combine(folder, module), "dimm_");
        if (readings.Count == before)
            foreach (var row in Listing.Names(folder, "csrow"))
                Add(readings, controller, row, Path.Combine(folder, row), "");
        var modules = readings.Skip(before).ToList();
        // What no module accounts for: the hardware did not say where, or there are no modules to tell.
        readings.Insert(before, new MemoryReading
        {
            Controller = controller,
            Module = "",
            CorrectedCount = SmallFile.Count(Path.Combine(folder, "ce_noinfo_count")) ?? Math.Max(0, corrected - modules.Sum(m => m.CorrectedCount)),
            UncorrectedCount = SmallFile.Count(Path.Combine(folder, "ue_noinfo_count")) ?? Math.Max(0, uncorrected - modules.Sum(m => m.UncorrectedCount)),
        });
        return null;
    }

    private static void Add(List<MemoryReading> readings, string controller, string module, string folder, string prefix)
    {
        if (SmallFile.Count(Path.Combine(folder, prefix + "ce_count")) is { } corrected && SmallFile.Count(Path.Combine(folder, prefix + "ue_count")) is { } uncorrected)
            readings.Add(new MemoryReading
            {
                Controller = controller,
                Module = module,
                Label = SmallFile.Text(Path.Combine(folder, "dimm_label")) ?? SmallFile.Text(Path.Combine(folder, "ch0_dimm_label")),
                CorrectedCount = corrected,
                UncorrectedCount = uncorrected,
            });
    }
}
