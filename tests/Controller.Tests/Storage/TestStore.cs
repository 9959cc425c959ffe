using System.Collections.Concurrent;
using System.Globalization;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Storage.Postgres;
using HaiSoft.Testing.Databases;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>A store of a test's own, empty: a data folder, and on PostgreSQL a database. Several controllers may run on it, one after another.</summary>
public sealed class TestStore : IDisposable
{
    private const string Emptying = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
        DROP SCHEMA public CASCADE;
        CREATE SCHEMA public;
        DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET ALL', current_database()); END $$;
        """;

    // To empty one is much faster than to make one.
    private static readonly ConcurrentBag<string> s_emptied = [];
    private static int s_databases;

    private readonly ScratchFolder _folder = new();
    private readonly NpgsqlConnectionStringBuilder? _database;
    private readonly bool _reused;
    private int _disposed;

    private TestStore(StoreKind kind, PostgresServer? server, string? folder = null, bool reused = false)
    {
        Kind = kind;
        Folder = folder ?? _folder.Path;
        _reused = reused;
        if (server is null)
            return;
        string? emptied = null;
        if (reused)
            s_emptied.TryTake(out emptied);
        _database = new()
        {
            Host = server.Host,
            Username = PostgresServer.User,
            Database = emptied ?? NewName(),
        };
        if (emptied is null)
            Administer($"CREATE DATABASE {_database.Database} TEMPLATE template0");
    }

    public StoreKind Kind { get; }

    public string Folder { get; }

    /// <summary>The name of its database on the server.</summary>
    public string? Database => _database?.Database;

    /// <summary>The controller's settings that choose it.</summary>
    public IReadOnlyDictionary<string, string> Settings => _database is null
        ? new Dictionary<string, string> { ["Controller:DataFolder"] = Folder }
        : new Dictionary<string, string>
        {
            ["Controller:DataFolder"] = Folder,
            ["Controller:Store"] = "postgres",
            ["Controller:PostgresConnection"] = _database.ToString(),
        };

    /// <summary>The same as options.</summary>
    public IOptions<StoreOptions> Options => Microsoft.Extensions.Options.Options.Create(new StoreOptions
    {
        DataFolder = Folder,
        Store = Settings.GetValueOrDefault("Controller:Store", "sqlite"),
        PostgresConnection = _database?.ToString(),
    });

    /// <summary>Makes one; skips the test where there is no PostgreSQL and the test needs it.</summary>
    public static TestStore Make(StoreKind kind)
    {
        if (kind == StoreKind.Sqlite)
            return new(kind, server: null);
        if (PostgresServer.WhyNot() is { } why)
            Assert.Skip(why);
        return new(kind, PostgresServer.SharedAsync(CancellationToken.None).GetAwaiter().GetResult(), reused: true);
    }

    /// <summary>One on SQLite in a folder of the test's choice.</summary>
    public static TestStore In(string folder) => new(StoreKind.Sqlite, server: null, folder);

    /// <summary>One on a server of the test's own, which it may kill.</summary>
    public static TestStore On(PostgresServer server) => new(StoreKind.Postgres, server);

    /// <summary>Copies the database, of which no controller runs.</summary>
    public Copy Keep()
    {
        if (_database is null)
        {
            ScratchFolder files = new();
            CopyFiles(Folder, files.Path);
            return new(files, Name: null, Drop: () => files.Dispose());
        }

        string name = NewName();
        Clone(_database.Database!, name);
        return new(Files: null, name, () => Administer($"DROP DATABASE {name}"));
    }

    /// <summary>Puts a copy in the database's place, as restoring a backup does.</summary>
    public void Return(Copy copy)
    {
        if (copy.Files is not null)
        {
            CopyFiles(copy.Files.Path, Folder);
            return;
        }

        Administer($"DROP DATABASE {_database!.Database} WITH (FORCE)");
        Clone(copy.Name!, _database.Database!);
    }

    /// <summary>Removes all that is in the database, of which no controller runs.</summary>
    public void Empty()
    {
        LeavePool();
        Administer(Emptying, _database!.Database!);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        if (_reused)
        {
            Empty();
            // Under another name: what a pool still holds of this one is never taken for it.
            string name = NewName();
            Administer($"ALTER DATABASE {_database!.Database} RENAME TO {name}");
            s_emptied.Add(name);
        }

        _folder.Dispose();
    }

    private static string NewName() => string.Create(CultureInfo.InvariantCulture, $"store_{Interlocked.Increment(ref s_databases)}");

    private static void CopyFiles(string from, string to)
    {
        foreach (string name in (string[])["controller.db", "controller.db-wal", "controller.db-shm"])
        {
            File.Delete(Path.Combine(to, name));
            if (File.Exists(Path.Combine(from, name)))
                File.Copy(Path.Combine(from, name), Path.Combine(to, name));
        }
    }

    // The controllers' connections outlive them in the pool of this process.
    private void LeavePool()
    {
        using NpgsqlConnection pooled = new(new ConnectionStrings(_database!.ToString()).Reader);
        NpgsqlConnection.ClearPool(pooled);
    }

    // Only what nobody is connected to can be cloned.
    private void Clone(string from, string to)
    {
        LeavePool();
        Administer($"CREATE DATABASE {to} TEMPLATE {from}");
    }

    private void Administer(string statement, string database = "postgres")
    {
        using NpgsqlConnection connection = new(
            new NpgsqlConnectionStringBuilder { Host = _database!.Host, Username = _database.Username, Database = database, Pooling = false }.ToString());
        connection.Open();
        using NpgsqlCommand command = new(statement, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>What a database was at one time.</summary>
    public sealed record Copy(ScratchFolder? Files, string? Name, Action Drop) : IDisposable
    {
        public void Dispose() => Drop();
    }
}
