using HaiSoft.Controller.Storage.Postgres;

namespace HaiSoft.Controller.Storage;

/// <summary>Where the controller keeps its state (configuration section <c>Controller</c>).</summary>
public sealed class StoreOptions
{
    /// <summary>Folder of the keys, the tokens and the embedded database; made with mode 0700 when it is absent. Default: /var/lib/haisoft-controller.</summary>
    public string DataFolder { get; set; } = "/var/lib/haisoft-controller";

    /// <summary>The database: <c>sqlite</c> (default; a file in the data folder) or <c>postgres</c>.</summary>
    public string Store { get; set; } = "sqlite";

    /// <summary>
    /// How PostgreSQL is reached: <c>Host=…;Database=…;Username=…;Password=…</c>. On a command line every user of the machine
    /// can read it: with a password, use <see cref="PostgresConnectionFile"/>.
    /// </summary>
    public string? PostgresConnection { get; set; }

    /// <summary>A file of mode 0600 that holds it instead. Default: the systemd credential <c>postgres-connection</c>, when there is one.</summary>
    public string? PostgresConnectionFile { get; set; }

    /// <summary>The embedded database.</summary>
    public string DatabaseFile => Path.Combine(DataFolder, "controller.db");

    /// <summary>The database that <see cref="Store"/> names.</summary>
    internal StoreKind Kind => Is("postgres") ? StoreKind.Postgres : StoreKind.Sqlite;

    /// <summary><see cref="Store"/> as it is always written.</summary>
    internal string StoreName => Kind == StoreKind.Postgres ? "postgres" : "sqlite";

    /// <summary>Every fault of these options, each saying what to do; none quotes a password.</summary>
    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataFolder))
            yield return "Controller:DataFolder is empty: name a folder, for example /var/lib/haisoft-controller.";
        else if (!Path.IsPathFullyQualified(DataFolder))
            yield return $"Controller:DataFolder is '{DataFolder}': give a path that starts with a slash.";
        if (!Is("sqlite") && !Is("postgres"))
            yield return $"Controller:Store is '{Store}': it is sqlite or postgres.";
        else if (Kind == StoreKind.Postgres && ConnectionSecret.Fault(this) is { } fault)
            yield return fault;
    }

    /// <summary>How PostgreSQL is reached, from wherever it is kept.</summary>
    internal string ReadPostgresConnection() => ConnectionSecret.Read(this);

    private bool Is(string name) => string.Equals(Store, name, StringComparison.OrdinalIgnoreCase);
}
