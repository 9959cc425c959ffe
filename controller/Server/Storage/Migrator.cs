using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Storage;

/// <summary>Brings the database to the schema that this program knows, a transaction per step.</summary>
internal sealed partial class Migrator(
    StoreConnections connections, IOptions<StoreOptions> options, TimeProvider time, ILogger<Migrator> logger)
{
    private const string Bookkeeping = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          number INTEGER NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          hash TEXT NOT NULL,
          applied_time INTEGER NOT NULL
        )
        """;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StartRefusedException">The database is newer than the program, was changed, or is damaged.</exception>
    public Task ApplyAsync(CancellationToken cancellationToken) => ApplyAsync(Migration.Known(), cancellationToken);

    internal async Task ApplyAsync(IReadOnlyList<Migration> known, CancellationToken cancellationToken)
    {
        try
        {
            await using DbConnection connection = await connections.OpenAsync(cancellationToken);
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
            await connection.ExecuteAsync(Bookkeeping);
            IReadOnlyDictionary<long, (string Name, string Hash)> applied = await AppliedAsync(connection);
            Refuse(known, applied);
            foreach (Migration migration in known.Where(m => !applied.ContainsKey(m.Number)))
                await ApplyAsync(connection, migration, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new StartRefusedException(
                $"The database {options.Value.DatabaseFile} cannot be used: {e.Message} Restore it from a backup, or move it away to "
                + "start with an empty one; the log has the details.",
                StartExitCode.Database,
                e);
        }
    }

    private static async Task<IReadOnlyDictionary<long, (string Name, string Hash)>> AppliedAsync(DbConnection connection) =>
        (await connection.QueryAsync<(long Number, string Name, string Hash)>("SELECT number, name, hash FROM schema_migrations"))
            .ToDictionary(row => row.Number, row => (row.Name, row.Hash));

    private async Task ApplyAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(migration.Sql, transaction: transaction);
        await connection.ExecuteAsync(
            "INSERT INTO schema_migrations (number, name, hash, applied_time) VALUES (@Number, @Name, @Hash, @Now)",
            new { migration.Number, migration.Name, migration.Hash, Now = time.GetUtcNow().ToUnixMicroseconds() },
            transaction);
        await transaction.CommitAsync(cancellationToken);
        Log.Applied(logger, migration.Name);
    }

    private void Refuse(IReadOnlyList<Migration> known, IReadOnlyDictionary<long, (string Name, string Hash)> applied)
    {
        Dictionary<long, Migration> byNumber = known.ToDictionary(m => (long)m.Number);
        foreach ((long number, (string name, string hash)) in applied)
        {
            if (!byNumber.TryGetValue(number, out Migration? mine))
            {
                throw new StartRefusedException(
                    $"The database {options.Value.DatabaseFile} was written by a newer version of the controller (it has {name}, which this "
                    + "version does not know). Install that version again, or restore a backup made with this one.",
                    StartExitCode.Database,
                    cause: null);
            }

            if (mine.Hash != hash)
            {
                throw new StartRefusedException(
                    $"The database {options.Value.DatabaseFile} was made by another build of the controller ({name} differs from this "
                    + "program's). Install the released version, or start with another data folder.",
                    StartExitCode.Database,
                    cause: null);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Database: applied {Migration}")]
        public static partial void Applied(ILogger logger, string migration);
    }
}
