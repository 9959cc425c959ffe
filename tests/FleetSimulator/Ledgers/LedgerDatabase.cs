using System.Data.Common;
using HaiSoft.Controller.Storage;
using Npgsql;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>The database that a ledger is compared with: on SQLite a copy of it, on PostgreSQL itself, of which nothing is changed.</summary>
internal sealed class LedgerDatabase : IDisposable
{
    private readonly StoreOptions _store;
    private readonly DatabaseCopy? _copy;

    private LedgerDatabase(DbConnection connection, StoreOptions store, DatabaseCopy? copy) => (Connection, _store, _copy) = (connection, store, copy);

    public DbConnection Connection { get; }

    /// <summary>Copies the database of a data folder, whether its controller runs or was killed.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static LedgerDatabase InFolder(string dataFolder)
    {
        DatabaseCopy copy = DatabaseCopy.Of(dataFolder);
        return new(copy.Connection, new StoreOptions { DataFolder = copy.Folder }, copy);
    }

    /// <summary>Connects as the controller does.</summary>
    /// <param name="connectionString">The controller's.</param>
    public static LedgerDatabase OnPostgres(string connectionString)
    {
        // A server that was killed has left connections in the pool that are none any more.
        string alone = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString();
        NpgsqlConnection connection = new(alone);
        connection.Open();
        return new(connection, new StoreOptions { Store = "postgres", PostgresConnection = alone }, copy: null);
    }

    /// <summary>The measurements in it.</summary>
    public HeldMeasurements Measurements() => new(_store);

    /// <summary>Runs a statement.</summary>
    public void Run(string statement)
    {
        using DbCommand command = Command(statement);
        command.ExecuteNonQuery();
    }

    /// <summary>The one number that a query yields.</summary>
    /// <param name="values">Its parameters, by their names.</param>
    public long Number(string query, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using DbCommand command = Command(query, values);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>A command with its parameters.</summary>
    public DbCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        DbCommand command = Connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public void Dispose()
    {
        Connection.Dispose();
        _copy?.Dispose();
    }
}
