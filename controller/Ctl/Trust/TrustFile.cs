namespace HaiSoft.Ctl.Trust;

/// <summary>Files of keys, roots, catalogues and orders on the disk of who works with them.</summary>
internal static class TrustFile
{
    /// <summary>Readable and writable by its owner alone.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Readable by everyone, writable by its owner.</summary>
    public const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const long Largest = 4 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CtlException">It cannot be read, or has more than 4 MiB.</exception>
    public static byte[] Read(FileInfo file)
    {
        try
        {
            return file.Exists && file.Length > Largest
                ? throw new CtlException(ExitCode.Usage, $"{file.FullName} is larger than 4 MiB: it is nothing that was made here.")
                : File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CtlException(ExitCode.Usage, $"{file.FullName} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes a file that must not be there yet.</summary>
    /// <exception cref="CtlException">It is there, or cannot be written.</exception>
    public static void Create(FileInfo file, byte[] content, UnixFileMode mode)
    {
        if (file.Exists)
            throw new CtlException(ExitCode.Refused, $"{file.FullName} is there already: name another file, or move that one away.");
        Write(file.FullName, content, mode);
    }

    /// <summary>Replaces a file as a whole: a crash leaves the old content or the new one.</summary>
    /// <exception cref="CtlException">It cannot be written.</exception>
    public static void Replace(FileInfo file, byte[] content)
    {
        string temporary = file.FullName + ".new";
        Writing(file.FullName, () => File.Delete(temporary));
        Write(temporary, content, Readable);
        Writing(file.FullName, () => File.Move(temporary, file.FullName, overwrite: true));
    }

    private static void Write(string path, byte[] content, UnixFileMode mode) => Writing(path, () =>
    {
        using FileStream stream = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode });
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    });

    private static void Writing(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CtlException(ExitCode.Usage, $"{path} cannot be written: {e.Message}", e);
        }
    }
}
