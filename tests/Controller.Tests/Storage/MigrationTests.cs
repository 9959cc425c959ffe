using Dapper;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>The schema that the migrations make, and the databases that are refused.</summary>
public sealed class MigrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_migrated_schema_and_the_model_are_the_same()
    {
        await using StoreInFolder store = new();
        await store.Migrator.ApplyAsync(Token);
        await using ControllerDbContext db = store.CreateDbContext();

        SortedSet<string> model = [.. db.Model.GetEntityTypes()
            .Select(type => type.GetTableName()!)
            .Distinct()
            .SelectMany(table => Columns(db.Model, table))];
        SortedSet<string> schema = [];
        await using var connection = await store.Connections.OpenAsync(Token);
        foreach (string table in (await connection.QueryAsync<string>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migrations'")).ToArray())
        {
            foreach ((string name, string type, long notNull, long key) in await connection.QueryAsync<(string, string, long, long)>(
                $"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')"))
            {
                schema.Add($"{table}.{name} {type}{(notNull == 1 ? "" : " NULL")}{(key > 0 ? " KEY" : "")}");
            }
        }

        model.Except(schema).ShouldBeEmpty("in the model and not in the schema");
        schema.Except(model).ShouldBeEmpty("in the schema and not in the model");
    }

    [Fact]
    public async Task Applying_twice_changes_nothing()
    {
        await using StoreInFolder store = new();
        await store.Migrator.ApplyAsync(Token);
        await store.Migrator.ApplyAsync(Token);
        await using var connection = await store.Connections.OpenAsync(Token);
        (await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM schema_migrations")).ShouldBe(Migration.Known().Count);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_with_words_that_say_what_to_do()
    {
        await using StoreInFolder store = new();
        await store.Migrator.ApplyAsync([.. Migration.Known(), new(9001, "9001_future", "CREATE TABLE future (id INTEGER)")], Token);

        StartRefusedException refused = await Should.ThrowAsync<StartRefusedException>(() => store.Migrator.ApplyAsync(Token));

        refused.ExitCode.ShouldBe(StartExitCode.Database);
        refused.Message.ShouldContain("9001_future");
        refused.Message.ShouldContain("newer version");
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        await using StoreInFolder store = new();
        Migration broken = new(9001, "9001_broken", "CREATE TABLE half (id INTEGER); CREATE TABLE half (id INTEGER)");
        await Should.ThrowAsync<StartRefusedException>(() => store.Migrator.ApplyAsync([broken], Token));
        await using var connection = await store.Connections.OpenAsync(Token);
        (await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM sqlite_master WHERE name = 'half'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_database_is_refused()
    {
        await using StoreInFolder store = new();
        await File.WriteAllTextAsync(store.Options.Value.DatabaseFile, new string('x', 8192), Token);
        (await Should.ThrowAsync<StartRefusedException>(() => store.Migrator.ApplyAsync(Token))).ExitCode.ShouldBe(StartExitCode.Database);
    }

    private static IEnumerable<string> Columns(IModel model, string table)
    {
        ITable relational = model.GetRelationalModel().FindTable(table, schema: null)!;
        return relational.Columns.Select(column =>
            $"{table}.{column.Name} {column.StoreType}{(column.IsNullable ? " NULL" : "")}"
            + (relational.PrimaryKey!.Columns.Contains(column) ? " KEY" : ""));
    }
}
