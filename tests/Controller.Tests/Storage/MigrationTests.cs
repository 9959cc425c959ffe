using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Storage.Postgres;
using HaiSoft.Controller.Storage.Sqlite;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>The schema that the migrations make, and the databases that are refused.</summary>
public abstract class MigrationTests(StoreKind kind)
{
    private const string Future = "CREATE TABLE future (id INTEGER)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_migrated_schema_and_the_model_are_the_same()
    {
        await using OpenedStore store = new(kind);
        await store.Migrator.ApplyAsync(Token);
        await using ControllerDbContext db = store.CreateDbContext();
        await using DbConnection connection = await store.Connections.OpenAsync(Token);

        SortedSet<string> model = SchemaColumns.OfModel(db);
        SortedSet<string> schema = await SchemaColumns.OfDatabaseAsync(connection, kind);

        model.Except(schema).ShouldBeEmpty("in the model and not in the schema");
        schema.Except(model).ShouldBeEmpty("in the schema and not in the model");
    }

    [Fact]
    public async Task Applying_twice_changes_nothing()
    {
        await using OpenedStore store = new(kind);
        await store.Migrator.ApplyAsync(Token);
        await store.Migrator.ApplyAsync(Token);
        await using DbConnection connection = await store.Connections.OpenAsync(Token);
        (await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM schema_migrations")).ShouldBe(Known(store).Count);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_with_words_that_say_what_to_do()
    {
        await using OpenedStore store = new(kind);
        await store.Migrator.ApplyAsync([.. Known(store), new(9001, "9001_future", Future)], Token);

        StartRefusedException refused = await Should.ThrowAsync<StartRefusedException>(() => store.Migrator.ApplyAsync(Token));

        refused.ExitCode.ShouldBe(StartExitCode.Database);
        refused.Message.ShouldContain("9001_future");
        refused.Message.ShouldContain("newer version");
    }

    [Fact]
    public async Task A_database_of_another_build_is_refused()
    {
        await using OpenedStore store = new(kind);
        Migration[] other = [.. Known(store).Select(m => new Migration(m.Number, m.Name, $"{m.Sql}\n-- changed"))];
        await store.Migrator.ApplyAsync(other, Token);
        (await Should.ThrowAsync<StartRefusedException>(() => store.Migrator.ApplyAsync(Token))).Message.ShouldContain("another build");
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        await using OpenedStore store = new(kind);
        Migration broken = new(9001, "9001_broken", "CREATE TABLE half (id INTEGER); CREATE TABLE half (id INTEGER)");
        await Should.ThrowAsync<StartRefusedException>(() => store.Migrator.ApplyAsync([broken], Token));
        await using DbConnection connection = await store.Connections.OpenAsync(Token);
        (await SchemaColumns.OfDatabaseAsync(connection, kind)).ShouldBeEmpty();
    }

    private static IReadOnlyList<Migration> Known(OpenedStore store) => Migration.Known(store.Connections.Engine);

    public sealed class OnSqlite() : MigrationTests(StoreKind.Sqlite)
    {
        [Fact]
        public async Task What_is_no_database_is_refused()
        {
            await using OpenedStore store = new(StoreKind.Sqlite);
            await File.WriteAllTextAsync(store.Store.Options.Value.DatabaseFile, new string('x', 8192), Token);
            (await Should.ThrowAsync<StartRefusedException>(() => store.Migrator.ApplyAsync(Token))).ExitCode.ShouldBe(StartExitCode.Database);
        }
    }

    public sealed class OnPostgres() : MigrationTests(StoreKind.Postgres);

    public sealed class OnBoth
    {
        [Fact]
        public void Each_step_is_there_for_every_database_under_the_same_number_and_name()
        {
            string[] sqlite = [.. Migration.Known(new SqliteEngine("unused")).Select(m => m.Name)];
            string[] postgres = [.. Migration.Known(new PostgresEngine("Host=unused;Database=unused")).Select(m => m.Name)];
            sqlite.ShouldNotBeEmpty();
            sqlite.Except(postgres).ShouldBeEmpty("missing in Storage/Migrations/Postgres");
            postgres.Except(sqlite).ShouldBeEmpty("missing in Storage/Migrations/Sqlite");
            Migration.Known(new SqliteEngine("unused")).Select(m => m.Number).ShouldBeUnique();
        }
    }
}
