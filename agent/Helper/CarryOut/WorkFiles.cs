using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Agent.Helper.Journal;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>What must be known of an operation although every process of it was killed, in the order's folder.</summary>
internal sealed class WorkFiles(HeldOrder order)
{
    private const int MostScripts = 100;

    /// <summary>Locked by who changes packages, as long as it lives.</summary>
    public string Lock => Path.Combine(order.Folder, "changing");

    /// <summary>A line for each script that failed.</summary>
    public string FailedScriptsFile => Path.Combine(order.Folder, "failed-scripts");

    /// <summary>How the change ended; absent when it did not.</summary>
    public string EndFile => Path.Combine(order.Folder, "end.json");

    /// <summary>For what dnf writes besides.</summary>
    public string Work => Path.Combine(order.Folder, "work");

    /// <summary>The server was asked to reboot, or was about to be.</summary>
    public bool IsRebootAsked => File.Exists(RebootMark);

    private string BeforeFile => Path.Combine(order.Folder, "before.json");

    private string BootFile => Path.Combine(order.Folder, "boot");

    private string RebootMark => Path.Combine(order.Folder, "reboot-asked");

    public void Write(Before before) => DurableFile.Replace(BeforeFile, JsonSerializer.SerializeToUtf8Bytes(before, OperateJson.Default.Before));

    /// <summary>What was there before; null when nothing was begun.</summary>
    public Before? ReadBefore() => Read(BeforeFile, OperateJson.Default.Before);

    /// <summary>How the change ended; null when it did not.</summary>
    public OperateEnd? ReadEnd() => Read(EndFile, OperateJson.Default.OperateEnd);

    /// <summary>Writes down the boot in which the operation has ended, and after which another one is to come.</summary>
    public void WriteBoot(string bootId) => DurableFile.Replace(BootFile, Encoding.UTF8.GetBytes(bootId));

    /// <summary>That boot.</summary>
    public string ReadBoot() => File.ReadAllText(BootFile);

    /// <summary>Marks the reboot as asked for, durably. True for the one who did; false for everyone else, for ever.</summary>
    public bool TryMarkRebootAsked() => DurableFile.TryMark(RebootMark);

    /// <summary>From now on nothing has ended.</summary>
    public void ForgetEnd()
    {
        File.Delete(EndFile);
        FileCalls.SyncFolder(order.Folder);
    }

    public IReadOnlyList<string> ReadFailedScripts() =>
        File.Exists(FailedScriptsFile) ? [.. File.ReadLines(FailedScriptsFile).Where(line => line.Length > 0).Distinct().Take(MostScripts)] : [];

    /// <summary>Removes what is of no use after the end.</summary>
    public void Clear()
    {
        if (Directory.Exists(Work))
            Directory.Delete(Work, recursive: true);
    }

    // What was cut off by a crash was not ended.
    private static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
