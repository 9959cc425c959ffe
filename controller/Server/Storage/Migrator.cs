using System.Data.Common;
using Dapper;

namespace HaiSoft.Controller.Storage;

/// <summary>Brings the database to the schema that this program knows, a transaction per step.</summary>
internal sealed partial class Migrator(StoreConnections connections, WriteGate gate, TimeProvider time, ILogger<Migrator> logger)
{
    private const string Bookkeeping = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          number BIGINT NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          hash TEXT NOT NULL,
          applied_time BIGINT NOT NULL
        )
        """;

    private readonly StoreEngine _engine = connections.Engine;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StartRefusedException">
    /// The database is newer than the program, was changed, is damaged, cannot be reached, or belongs to another controller.
    /// </exception>
    public Task ApplyAsync(CancellationToken cancellationToken) => ApplyAsync(Migration.Known(_engine), cancellationToken);

    internal async Task ApplyAsync(IReadOnlyList<Migration> known, CancellationToken cancellationToken)
    {
        try
        {
            await gate.HoldAsync((connection, token) => ApplyAsync(connection, known, token), cancellationToken);
        }
        catch (StoreClaimedException e)
        {
            throw new StartRefusedException(e.Message, StartExitCode.Store, e);
        }
        catch (DbException e)
        {
            throw _engine.Explain(e);
        }
    }

    private async Task<bool> ApplyAsync(DbConnection connection, IReadOnlyList<Migration> known, CancellationToken cancellationToken)
    {
        foreach (string doubt in await _engine.DoubtsAsync(connection, cancellationToken))
            Log.Doubtful(logger, doubt);
        IReadOnlyDictionary<long, (string Name, string Hash)> applied = await AppliedAsync(connection, cancellationToken);
        Refuse(known, applied);
        foreach (Migration migration in known.Where(m => !applied.ContainsKey(m.Number)))
            await ApplyAsync(connection, migration, cancellationToken);
        return true;
    }

    private async Task<IReadOnlyDictionary<long, (string Name, string Hash)>> AppliedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using DbTransaction transaction = await _engine.BeginAsync(connection, cancellationToken);
        await connection.ExecuteAsync(Bookkeeping, transaction: transaction);
        Dictionary<long, (string Name, string Hash)> applied = (await connection.QueryAsync<(long Number, string Name, string Hash)>(
            "SELECT number, name, hash FROM schema_migrations", transaction: transaction)).ToDictionary(row => row.Number, row => (row.Name, row.Hash));
        await transaction.CommitAsync(cancellationToken);
        return applied;
    }

    private async Task ApplyAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using DbTransaction transaction = await _engine.BeginAsync(connection, cancellationToken);
        await connection.ExecuteAsync(migration.Sql, transaction: transaction);
        await connection.ExecuteAsync(
            "INSERT INTO schema_migrations (number, name, hash, applied_time) VALUES (@Number, @Name, @Hash, @Now)",
            new { Number = (long)migration.Number, migration.Name, migration.Hash, Now = time.GetUtcNow().ToUnixMicroseconds() },
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
                    $"{_engine.Name} was written by a newer version of the controller (it has {name}, which this version does not know). "
                    + "Install that version again, or restore a backup made with this one.",
                    StartExitCode.Database,
                    cause: null);
            }

            if (mine.Hash != hash)
            {
                throw new StartRefusedException(
                    $"{_engine.Name} was made by another build of the controller ({name} differs from this program's). Install the released "
                    + "version, or start with another database.",
                    StartExitCode.Database,
                    cause: null);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Database: applied {Migration}")]
        public static partial void Applied(ILogger logger, string migration);

        [LoggerMessage(1002, LogLevel.Warning, "{Doubt}")]
        public static partial void Doubtful(ILogger logger, string doubt);
    }
}
