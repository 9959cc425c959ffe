using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Databases;

/// <summary>PostgreSQL's programs on this machine, and the user that may run its server: it refuses to run as root.</summary>
internal static class PostgresPrograms
{
    private const string Owner = "postgres";

    /// <summary>Where they lie; null when they are not installed. Debian keeps a folder for each version, the newest is taken.</summary>
    public static string? Folder { get; } =
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .OrderByDescending(folder => int.TryParse(System.IO.Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => System.IO.Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(System.IO.Path.Combine(folder, "initdb")))
        ?? System.IO.Path.GetDirectoryName(Tool.Find("initdb"));

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    public static string Path(string program) => System.IO.Path.Combine(Folder!, program);

    public static string? WhyNoUser() =>
        !IsRoot || File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{Owner}:", StringComparison.Ordinal))
            ? null
            : $"PostgreSQL does not run as root, and there is no user {Owner}: install Debian's package postgresql.";

    /// <summary>A command line that runs one of the programs as who may: no process stands in between, so that signals reach it.</summary>
    public static (string Program, string[] Arguments) AsOwner(string program, params string[] arguments) => IsRoot
        ? ("setpriv", [$"--reuid={Owner}", $"--regid={Owner}", "--init-groups", "--", Path(program), .. arguments])
        : (Path(program), arguments);

    /// <summary>Gives a folder to who runs the server.</summary>
    public static async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (IsRoot)
            (await Tool.RunAsync("chown", [$"{Owner}:", folder], cancellationToken)).Succeeded();
    }
}
