using System.Security.Cryptography;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// An order's plan with its files, in the order's own folder: what becomes of other plans does not touch it. It stays there as long as the
/// order is held when all of it is in place: with it the order can be undone.
/// </summary>
/// <param name="Content">The plan.</param>
/// <param name="Folder">Where its files lie.</param>
/// <param name="EnabledUnits">Services that are to be started now and at boot.</param>
internal sealed record ReadyPlan(Plan Content, string Folder, IReadOnlyList<string> EnabledUnits)
{
    private const string UnitsFile = "enabled-units";
    private const long MostBytes = 2L << 30;

    /// <summary>Lays it down: the files of a kept plan get a second name.</summary>
    public static void Lay(HeldOrder order, string keptFolder, IEnumerable<string> enabledUnits)
    {
        var folder = FolderOf(order);
        Remove(order);
        DurableFile.PrepareFolder(folder);
        foreach (var file in Directory.GetFiles(keptFolder))
            FileCalls.Link(file, Path.Combine(folder, Path.GetFileName(file)));
        File.WriteAllLines(Path.Combine(folder, UnitsFile), enabledUnits);
        FileCalls.SyncFolder(folder);
        FileCalls.SyncFolder(order.Folder);
    }

    /// <summary>The plan that an order names; null when it is not there as it was approved.</summary>
    public static ReadyPlan? Read(HeldOrder order)
    {
        var (folder, hash) = (FolderOf(order), order.Content.PlanHash);
        if (Read(Path.Combine(folder, KeptPlans.PlanFile), hash.Span) is not { } plan)
            return null;
        var units = Path.Combine(folder, UnitsFile);
        return new(plan, folder, File.Exists(units) ? File.ReadAllLines(units) : []);
    }

    /// <summary>The plan in a file; null when there is none with this hash.</summary>
    public static Plan? Read(string path, ReadOnlySpan<byte> hash)
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return hash.SequenceEqual(SHA256.HashData(bytes)) && ExactBytes.Read(Plan.Parser, bytes) is { Refusal: null } read ? read.Accepted : null;
    }

    /// <summary>Removes it when it is not needed any more.</summary>
    public static void Remove(HeldOrder order)
    {
        if (Directory.Exists(FolderOf(order)))
            Directory.Delete(FolderOf(order), recursive: true);
    }

    /// <summary>Removes those of orders that have ended beyond the room that they have together; the newest counts first.</summary>
    public static void Prune(OrderJournal journal, long mostBytes = MostBytes)
    {
        var left = mostBytes;
        foreach (var order in journal.All().Reverse().Where(order => order.HasEnded() && Directory.Exists(FolderOf(order))))
        {
            left -= new DirectoryInfo(FolderOf(order)).EnumerateFiles().Sum(file => file.Length);
            if (left < 0)
                Remove(order);
        }
    }

    /// <summary>Where an order's plan lies, if it does.</summary>
    public static string FolderOf(HeldOrder order) => Path.Combine(order.Folder, "plan");

    /// <summary>The file that a change brings; empty when it brings none.</summary>
    public string FileOf(PackageChange change) => change.File is null ? "" : Path.Combine(Folder, KeptPlans.NameOf(change));

    /// <summary>The file of what a change replaces; empty when none is kept.</summary>
    public string OldFileOf(PackageChange change) => change.OldFile is null ? "" : Path.Combine(Folder, KeptPlans.OldNameOf(change));

    /// <summary>Whether a change's files are there as they were approved.</summary>
    public bool IsApproved(PackageChange change) =>
        (change.File is null || FetchedFiles.IsApproved(change.File, FileOf(change)))
        && (change.OldFile is null || FetchedFiles.IsApproved(change.OldFile, OldFileOf(change)));
}
