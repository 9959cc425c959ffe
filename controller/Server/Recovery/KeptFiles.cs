namespace HaiSoft.Controller.Recovery;

/// <summary>
/// What of the data folder belongs to a backup. Not <c>revocations.log</c>: an older one would bring revoked identities back.
/// Not <c>sign-in-link</c>: it is good once.
/// </summary>
internal static class KeptFiles
{
    /// <summary>The embedded database.</summary>
    public const string Database = "controller.db";

    private static readonly string[] Folders = ["ca", "session-keys"];
    private static readonly string[] Files = ["technician.token", "haisoftctl.json"];

    /// <summary>What a restore moves aside before it puts its own in their place.</summary>
    public static IEnumerable<string> ReplacedIn(string folder) =>
        ((IEnumerable<string>)[Database, $"{Database}-wal", $"{Database}-shm", .. Folders, .. Files, "sign-in-link"])
            .Where(name => Path.Exists(Path.Combine(folder, name)));

    /// <summary>The names, below the data folder, of what is there besides the database.</summary>
    public static IEnumerable<string> In(string folder) =>
        Folders
            .Where(name => Directory.Exists(Path.Combine(folder, name)))
            .SelectMany(name => Directory.EnumerateFiles(Path.Combine(folder, name)).Order(StringComparer.Ordinal))
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(name => !name.EndsWith(".tmp", StringComparison.Ordinal))
            .Concat(Files.Where(name => File.Exists(Path.Combine(folder, name))));

    /// <summary>Whether a backup may hold a file of this name: nothing else is ever written.</summary>
    public static bool MayBe(string name) =>
        name == Database
        || Files.Contains(name, StringComparer.Ordinal)
        || (name.Split('/') is [var folder, var file]
            && Folders.Contains(folder, StringComparer.Ordinal)
            && file.Length > 0
            && file[0] != '.'
            && file.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'));
}
