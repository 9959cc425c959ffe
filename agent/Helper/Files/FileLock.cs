namespace HaiSoft.Agent.Helper.Files;

/// <summary>A lock that ends with the process that has it (flock(2)), whatever becomes of that process.</summary>
internal static class FileLock
{
    /// <summary>The lock until it is disposed; null while another has it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Another has it.</summary>
    public static bool IsHeld(string path)
    {
        using var taken = File.Exists(path) ? TryTake(path) : null;
        return taken is null && File.Exists(path);
    }
}
