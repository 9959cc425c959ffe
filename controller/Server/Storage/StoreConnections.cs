using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Storage;

/// <summary>Opens the database: SQLite in WAL mode, every commit on stable storage (DESIGN 5).</summary>
public sealed class StoreConnections(IOptions<StoreOptions> options)
{
    static StoreConnections() => Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;

    private const string Durable = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

    /// <summary>How the database is reached.</summary>
    internal string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = options.Value.DatabaseFile,
        ForeignKeys = true,
        Pooling = true,
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Opens a connection for reading by hand SQL. Writing goes through <see cref="WriteGate"/>.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        SqliteConnection connection = new(ConnectionString);
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

    /// <summary>Lets EF Core open connections by itself.</summary>
    internal void Configure(DbContextOptionsBuilder builder) =>
        builder.UseSqlite(ConnectionString).AddInterceptors(new DurableCommits());

    /// <summary>A context on a connection that is open already.</summary>
    internal static ControllerDbContext ContextOn(DbConnection connection) =>
        new(new DbContextOptionsBuilder<ControllerDbContext>().UseSqlite(connection).Options);

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
