using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>Columns as "table.column TYPE NULL KEY": of the model, and of a database.</summary>
internal static class SchemaColumns
{
    private const string OfSqlite = """
        SELECT t.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" = 1 THEN '' ELSE ' NULL' END
          || CASE WHEN c.pk > 0 THEN ' KEY' ELSE '' END
        FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_migrations'
        """;

    private const string OfPostgres = """
        SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || CASE c.is_nullable WHEN 'YES' THEN ' NULL' ELSE '' END
          || CASE WHEN EXISTS (
            SELECT 1 FROM information_schema.table_constraints k JOIN information_schema.key_column_usage u USING (constraint_schema, constraint_name)
            WHERE k.constraint_type = 'PRIMARY KEY' AND u.table_name = c.table_name AND u.column_name = c.column_name) THEN ' KEY' ELSE '' END
        FROM information_schema.columns c
        WHERE c.table_schema = 'public' AND c.table_name <> 'schema_migrations'
        """;

    public static SortedSet<string> OfModel(ControllerDbContext db) =>
    [
        .. db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().SelectMany(table => OfTable(db.Model, table)),
    ];

    public static async Task<SortedSet<string>> OfDatabaseAsync(DbConnection connection, StoreKind kind) =>
    [
        .. await connection.QueryAsync<string>(kind == StoreKind.Postgres ? OfPostgres : OfSqlite),
    ];

    private static IEnumerable<string> OfTable(IModel model, string table)
    {
        ITable relational = model.GetRelationalModel().FindTable(table, schema: null)!;
        return relational.Columns.Select(column =>
            $"{table}.{column.Name} {column.StoreType}{(column.IsNullable ? " NULL" : "")}"
            + (relational.PrimaryKey!.Columns.Contains(column) ? " KEY" : ""));
    }
}
