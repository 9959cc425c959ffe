using System.Globalization;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Recovery;

/// <summary>Puts what was unpacked in the place of what is there.</summary>
internal static class ReplacedFolder
{
    /// <summary>Moves what is there aside and what was unpacked in. Cut short, it leaves the mark by which no controller starts.</summary>
    /// <returns>Where to it was moved; absent when nothing was there.</returns>
    public static string? Replace(this DataFolder folder, string staged, DateTimeOffset now)
    {
        folder.BeginRestore();
        string[] there = [.. KeptFiles.ReplacedIn(folder.Root)];
        string aside = folder.At(string.Create(CultureInfo.InvariantCulture, $"replaced-{now:yyyyMMdd'T'HHmmssfff'Z'}"));
        if (there.Length > 0)
            Directory.CreateDirectory(aside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string name in there)
            Directory.Move(folder.At(name), Path.Combine(aside, name));
        foreach (string path in Directory.EnumerateFileSystemEntries(staged))
            Directory.Move(path, folder.At(Path.GetFileName(path)));
        PrivateFile.FlushFolder(folder.Root);
        return there.Length > 0 ? aside : null;
    }
}
