using System.Security.Cryptography;
using Google.Protobuf;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// Plans with the files that they name, for the orders that may follow: a folder each, under the hash of the plan's exact bytes. It appears
/// whole or not at all. Orders last a week at most, and so do plans.
/// </summary>
/// <param name="folder">For all of them.</param>
/// <param name="time">Their age is judged by it.</param>
/// <param name="mostBytes">What all of them may take together; the newest counts first.</param>
internal sealed class KeptPlans(string folder, TimeProvider time, long mostBytes = 2L << 30)
{
    /// <summary>The name of a plan's exact bytes in its folder.</summary>
    public const string PlanFile = "plan";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(8);

    /// <summary>The name of the file that a change brings in its plan's folder, in whose parts a slash has no place.</summary>
    public static string NameOf(PackageChange change) => NameOf(change.Name, change.NewVersion, change.Architecture);

    /// <summary>The same of what a change replaces.</summary>
    public static string OldNameOf(PackageChange change) => NameOf(change.Name, change.OldVersion, change.OldArchitecture);

    /// <summary>Where plans are kept, a folder each.</summary>
    public IReadOnlyList<string> Folders() =>
        Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Where(kept => File.Exists(Path.Combine(kept, PlanFile))).Order(StringComparer.Ordinal)] : [];

    /// <summary>Where the plan with this hash is kept; null when none is.</summary>
    public string? Find(ReadOnlySpan<byte> hash) => Path.Combine(folder, Convert.ToHexStringLower(hash)) is var kept && File.Exists(Path.Combine(kept, PlanFile)) ? kept : null;

    /// <summary>Keeps a plan.</summary>
    /// <param name="plan">Which.</param>
    /// <param name="files">The files that it names, which are taken from where they are: by the names that they get.</param>
    /// <returns>The plan's exact bytes.</returns>
    public byte[] Keep(Plan plan, IReadOnlyDictionary<string, string> files)
    {
        var bytes = plan.ToByteArray();
        var kept = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var making = kept + ".making";
        DurableFile.PrepareFolder(folder);
        RemoveFolder(making);
        DurableFile.PrepareFolder(making);
        foreach (var (name, path) in files)
        {
            Settle(path);
            File.Move(path, Path.Combine(making, name));
        }

        DurableFile.Write(Path.Combine(making, PlanFile), bytes);
        FileCalls.SyncFolder(making);
        RemoveFolder(kept);
        Directory.Move(making, kept);
        FileCalls.SyncFolder(folder);
        return bytes;
    }

    /// <summary>Removes what is older than 8 days, what a crash left unfinished, and the oldest beyond the room that they have.</summary>
    public void Prune()
    {
        if (!Directory.Exists(folder))
            return;
        var left = mostBytes;
        foreach (var plan in new DirectoryInfo(folder).GetDirectories().OrderByDescending(plan => plan.LastWriteTimeUtc))
        {
            left -= plan.EnumerateFiles().Sum(file => file.Length);
            if (left < 0 || plan.Name.Contains('.', StringComparison.Ordinal) || time.GetUtcNow().UtcDateTime - plan.LastWriteTimeUtc > Longest)
                RemoveFolder(plan.FullName);
        }
    }

    // As resolve.py looks for them (file_name).
    private static string NameOf(string name, string version, string architecture) => $"{name}-{version.Replace(':', '_')}.{architecture}.rpm";

    private static void RemoveFolder(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    private static void Settle(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
