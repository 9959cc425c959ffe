namespace HaiSoft.Testing.Files;

/// <summary>
/// Real outputs of hardware tools, kept outside the repository. The environment variable HAISOFT_CAPTURES names the
/// folder; without it, it is <c>../shared/captures</c> beside the repository.
/// </summary>
public static class Captures
{
    /// <summary>What a test that finds no captures says when it skips.</summary>
    public const string Missing = "No captures of real tools: set HAISOFT_CAPTURES to their folder, or put it at ../shared/captures beside the repository.";

    /// <summary>The folder's absolute path, or null when it is not there.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>A capture's absolute path, or null when it (or the whole folder) is not there.</summary>
    public static string? Locate(params string[] parts)
    {
        var path = Folder is null ? null : System.IO.Path.Combine([Folder, .. parts]);
        return System.IO.Path.Exists(path) ? path : null;
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("HAISOFT_CAPTURES");
        var folder = System.IO.Path.GetFullPath(string.IsNullOrEmpty(named) ? RepositoryFolder.In("..", "shared", "captures") : named);
        return Directory.Exists(folder) ? folder : null;
    }
}
