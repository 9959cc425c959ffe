namespace HaiSoft.Agent.Helper.Files;

/// <summary>
/// Files that a crash at any instant leaves as they were or as they are to be, whole: written beside, made durable, renamed, and the
/// folder made durable. All of them are for their owner alone.
/// </summary>
internal static class DurableFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes this in place of what the file held.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        File.Delete(temporary); // a leftover of a crash may have another mode
        Write(temporary, content);
        File.Move(temporary, path, overwrite: true);
        FileCalls.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes a file that is not there yet; its folder is made durable by whoever goes on with it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = Private };
        using var stream = new FileStream(path, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Makes an empty file that is made once, durably. True for the one who did; false for everyone else, as long as it is there.</summary>
    public static bool TryMark(string path)
    {
        try
        {
            Write(path, []);
            FileCalls.SyncFolder(Path.GetDirectoryName(path)!);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>A folder for the helper alone: made where it is missing, closed to others where it is not.</summary>
    public static void PrepareFolder(string path)
    {
        const UnixFileMode Mode = Private | UnixFileMode.UserExecute;
        Directory.CreateDirectory(path, Mode);
        File.SetUnixFileMode(path, Mode);
    }
}
