using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>Judges one reading of a disk.</summary>
public static class DiskRules
{
    private delegate Verdict? Rule(DiskFacts now, DiskFacts? dayAgo);

    // One rule a file; the order is that in which reasons are told.
    private static readonly Rule[] All =
    [
        NvmeCriticalWarning.Judge,
        NvmeSpare.Judge,
        SmartVerdict.Judge,
        PredictedFailure.Judge,
        SelfTestFailed.Judge,
        AttributeFailed.Judge,
        LostSectors.Judge,
        MediaErrors.Judge,
        Wear.Judge,
    ];

    /// <summary>The verdict; absent for a disk that sleeps: it keeps the one it had.</summary>
    public static Verdict? Judge(DiskFacts now, History<DiskFacts> history)
    {
        if (now.Asleep)
            return null;
        return now.Unreadable is { } why
            ? Verdict.Unknown("disk.unreadable", $"The disk could not be read: {why}", new Evidence("device", now.Device))
            : Verdict.Worst(All.Select(rule => rule(now, history.Baseline?.Facts)), Verdict.Healthy("No fault in what the disk tells"));
    }

    /// <summary>The verdict on a disk that a whole reading of all disks does not show any more.</summary>
    public static Verdict Gone() => Verdict.Failed("disk.gone", "The disk does not answer any more: it is not among the disks of the server");

    /// <summary>The disk for people: model, serial and slot, as far as they are known.</summary>
    public static string TitleOf(DiskFacts disk)
    {
        string name = string.Join(' ', new[] { disk.Model, disk.Serial }.Where(part => !string.IsNullOrEmpty(part)));
        return $"Disk {(name.Length == 0 ? disk.Device : name)}{(string.IsNullOrEmpty(disk.Slot) ? "" : $", slot {disk.Slot}")}";
    }
}
