using Npgsql;

namespace HaiSoft.Controller.Storage.Postgres;

/// <summary>How the controller connects: what the administrator gave, with what must hold for its work.</summary>
internal sealed class ConnectionStrings
{
    // Commits wait for the disk, whatever the role or the database was set to. A peer that is gone is noticed within a minute,
    // so that its claim and its locks do not outlive it.
    private const string Session = "-c synchronous_commit=on -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

    private const int ConnectSeconds = 5;
    private const int StatementsPrepared = 100;

    public ConnectionStrings(string given)
    {
        NpgsqlConnectionStringBuilder reader = new(given);
        if (string.IsNullOrEmpty(reader.ApplicationName))
            reader.ApplicationName = "haisoft-controller";
        if (!Names(given, "Timeout"))
            reader.Timeout = ConnectSeconds;
        if (reader.MaxAutoPrepare == 0)
            reader.MaxAutoPrepare = StatementsPrepared;
        reader.Options = string.IsNullOrEmpty(reader.Options) ? Session : $"{reader.Options} {Session}";
        Reader = reader.ToString();
        Writer = new NpgsqlConnectionStringBuilder(Reader) { Pooling = false }.ToString();
        DumpCommand = $"pg_dump --format=custom --file=haisoft.dump --host={reader.Host} --port={reader.Port} --username={reader.Username} {reader.Database}";
        Name = $"The PostgreSQL database {reader.Database} on {reader.Host}";
    }

    /// <summary>Pooled.</summary>
    public string Reader { get; }

    /// <summary>Of its own: closing it really ends it, and with it what it holds.</summary>
    public string Writer { get; }

    /// <summary>Without user and password.</summary>
    public string Name { get; }

    /// <summary>The command line that backs the database up; it asks for the password itself.</summary>
    public string DumpCommand { get; }

    /// <summary>What is wrong with a connection string, never quoting it: it may hold a password. Absent when nothing is.</summary>
    public static string? Fault(string given)
    {
        try
        {
            NpgsqlConnectionStringBuilder builder = new(given);
            return string.IsNullOrEmpty(builder.Host) ? "has no Host"
                : string.IsNullOrEmpty(builder.Database) ? "has no Database"
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            return "is not understood";
        }
    }

    private static bool Names(string given, string keyword) =>
        new System.Data.Common.DbConnectionStringBuilder { ConnectionString = given }.ContainsKey(keyword);
}
