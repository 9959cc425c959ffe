namespace HaiSoft.Controller.Storage.Postgres;

/// <summary>The connection string, wherever it is kept: an option, a private file, or a credential that systemd hands over.</summary>
internal static class ConnectionSecret
{
    private const string Credential = "postgres-connection";
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private const string Example = "Host=/var/run/postgresql;Database=haisoft;Username=haisoft";

    /// <summary>The connection string of options that have no fault.</summary>
    public static string Read(StoreOptions options) => options.PostgresConnection ?? File.ReadAllText(FileOf(options)!).Trim();

    /// <summary>Why it cannot be used and what to do, without quoting it; absent when it can.</summary>
    public static string? Fault(StoreOptions options)
    {
        if (options.PostgresConnection is { } given)
        {
            return options.PostgresConnectionFile is not null
                ? "Controller:PostgresConnection and Controller:PostgresConnectionFile are both set: leave one out."
                : Fault("Controller:PostgresConnection", given);
        }

        return FileOf(options) is { } file ? FaultOfFile(file, options.PostgresConnectionFile is not null)
            : $"Controller:Store is postgres, and nothing says how to reach it: set Controller:PostgresConnection ('{Example}'), or "
                + "Controller:PostgresConnectionFile to a file of mode 0600 that holds it.";
    }

    private static string? FileOf(StoreOptions options) =>
        options.PostgresConnectionFile
        ?? (Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder
            && Path.Combine(folder, Credential) is var file && File.Exists(file) ? file : null);

    private static string? FaultOfFile(string file, bool mustBePrivate)
    {
        try
        {
            // systemd guards its credentials by the folder they lie in.
            return mustBePrivate && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None
                ? $"Controller:PostgresConnectionFile: others may read or write {file}: chmod 600 {file}."
                : Fault($"Controller:PostgresConnectionFile {file}", File.ReadAllText(file).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"Controller:PostgresConnectionFile {file} cannot be read ({e.Message}): make it, mode 0600, owned by the controller's user.";
        }
    }

    private static string? Fault(string where, string connection) =>
        ConnectionStrings.Fault(connection) is { } fault ? $"{where} {fault}: write it like '{Example}'." : null;
}
