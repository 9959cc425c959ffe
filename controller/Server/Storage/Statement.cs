using System.Data.Common;
using System.Runtime.CompilerServices;

namespace HaiSoft.Controller.Storage;

/// <summary>
/// SQL of the hot path: parsed once for each connection, then only bound and run. Values go by the order of the names. It runs on the
/// caller's thread, which holds the one connection that writes.
/// </summary>
/// <param name="sql">The statement.</param>
/// <param name="names">Its parameters, without their sign.</param>
internal sealed class Statement(string sql, params string[] names)
{
    private readonly ConditionalWeakTable<DbConnection, DbCommand> _prepared = [];

    /// <summary>Runs it.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(WriteSession session, params ReadOnlySpan<object?> values) => Bind(session, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; absent without a row, or when it is null.</summary>
    public object? Find(WriteSession session, params ReadOnlySpan<object?> values) =>
        Bind(session, values).ExecuteScalar() is var found and not DBNull ? found : null;

    /// <summary>Its rows. Read and disposed before the statement runs again.</summary>
    public DbDataReader Read(WriteSession session, params ReadOnlySpan<object?> values) => Bind(session, values).ExecuteReader();

    private DbCommand Bind(WriteSession session, ReadOnlySpan<object?> values)
    {
        if (values.Length != names.Length)
            throw new ArgumentException($"{values.Length} values for {names.Length} names.", nameof(values));
        DbCommand command = _prepared.GetValue(session.Connection, Prepare);
        command.Transaction = session.Transaction;
        for (int i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private DbCommand Prepare(DbConnection connection)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in names)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = $"@{name}";
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
