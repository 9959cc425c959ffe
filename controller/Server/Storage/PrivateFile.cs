namespace HaiSoft.Controller.Storage;

/// <summary>Files that only the controller may read: mode 0600 from their first byte, whole or not there at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes to a temporary file, flushes it to the disk, renames it over <paramref name="path"/> and flushes the folder.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// Takes from everybody else a file that a library writes, and those it makes after its example, whatever folder they lie in;
    /// an empty file is made when there is none.
    /// </summary>
    public static void Keep(string path)
    {
        if (!File.Exists(path))
            new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();
        else if ((File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            File.SetUnixFileMode(path, OwnerOnly);
    }

    /// <summary>Makes names that were written into a folder durable.</summary>
    public static void FlushFolder(string folder)
    {
        using var handle = FolderHandle.Open(folder);
        RandomAccess.FlushToDisk(handle);
    }
}
