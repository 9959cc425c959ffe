using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaiSoft.Controller.Storage.Sqlite;

/// <summary>
/// The embedded database: SQLite in WAL mode, every commit on stable storage (DESIGN 5). The data folder's own lock keeps a
/// second controller away; <c>BEGIN IMMEDIATE</c> keeps two writers apart.
/// </summary>
internal sealed class SqliteEngine(string file) : StoreEngine
{
    private const string Durable = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

    // 16 MiB of pages: each agent's rows lie elsewhere, and a page that is not kept is read anew with each report.
    private const string Writer = "PRAGMA journal_mode = WAL; PRAGMA cache_size = -16384;";

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        ForeignKeys = true,
        Pooling = true,
        DefaultTimeout = 30,
    }.ToString();

    public override string Name => $"The database {file}";

    public override string MigrationFolder => "Sqlite";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        SqliteConnection connection = new(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            Prepare(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<DbConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        // SQLite gives the files beside it the mode of this one.
        PrivateFile.Keep(file);
        DbConnection connection = await OpenAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(Writer);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Task ClaimAsync(DbConnection writer, CancellationToken cancellationToken) => Task.CompletedTask;

    // BEGIN IMMEDIATE: the framework's own way with SQLite.
    public override Task<DbTransaction> BeginAsync(DbConnection writer, CancellationToken cancellationToken) =>
        writer.BeginTransactionAsync(cancellationToken).AsTask();

    public override Task<bool> IsMadeAsync(CancellationToken cancellationToken) => Task.FromResult(File.Exists(file));

    public override Task<IReadOnlyList<string>> DoubtsAsync(DbConnection writer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    // No such table or column (the file is not of this program), no permission, busy, locked, out of memory, read-only, interrupted, I/O error, damaged, full, cannot be opened, the lock's protocol,
    // no database: sqlite.org/rescode.html.
    public override bool IsFault(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: 1 or 3 or 5 or 6 or 7 or 8 or 9 or 10 or 11 or 13 or 14 or 15 or 26 };

    // I/O error, damaged, no database. What the kernel could not write it forgets once it has told so: a file system that lost its own
    // blocks then gives zeros for what SQLite wrote and synced later.
    public override bool LeavesDoubt(Exception fault) => fault is SqliteException { SqliteErrorCode: 10 or 11 or 26 };

    // SQLite would go on writing to a file that has no name any more.
    public override string? Lost() => File.Exists(file) ? null : $"{Name} was removed while the controller used it: restore a backup";

    public override Task<StoreSize> SizeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new StoreSize(LengthOf(file), LengthOf($"{file}-wal")));

    public override async Task<string?> CopyAsync(string target, CancellationToken cancellationToken)
    {
        await using DbConnection source = await OpenAsync(cancellationToken);
        await using SqliteConnection copy = new(new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ToString());
        await copy.OpenAsync(cancellationToken);
        ((SqliteConnection)source).BackupDatabase(copy);
        // One file, that needs none beside it.
        await copy.ExecuteAsync("PRAGMA journal_mode = DELETE");
        await VerifyAsync(copy, cancellationToken);
        return null;
    }

    public override async Task VerifyAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        await VerifyAsync(connection, cancellationToken);
    }

    public override void LeavePool()
    {
        using SqliteConnection pooled = new(_connectionString);
        SqliteConnection.ClearPool(pooled);
    }

    public override void Configure(DbContextOptionsBuilder builder) =>
        builder.UseSqlite(_connectionString).AddInterceptors(new DurableCommits());

    public override void Configure(DbContextOptionsBuilder builder, DbConnection connection) => builder.UseSqlite(connection);

    public override StartRefusedException Explain(DbException fault) => new(
        $"{Name} cannot be used: {fault.Message} Restore it from a backup, or move it away to start with an empty one; the log has the details.",
        StartExitCode.Database,
        fault);

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } info ? info.Length : 0;

    private static async Task VerifyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        string verdict = await connection.QueryFirstAsync<string>(new CommandDefinition("PRAGMA integrity_check(1)", cancellationToken: cancellationToken));
        if (verdict != "ok")
            throw new InvalidDataException($"the database is damaged ({verdict})");
    }

    private static void Prepare(DbConnection connection)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Durable;
        command.ExecuteNonQuery();
    }

    private sealed class DurableCommits : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Prepare(connection);
            return Task.CompletedTask;
        }
    }
}
