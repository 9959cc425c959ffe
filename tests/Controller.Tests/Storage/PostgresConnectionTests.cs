using HaiSoft.Controller.Storage;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>How PostgreSQL is named in the options, and that its password stays there.</summary>
public sealed class PostgresConnectionTests
{
    private const string Secret = "hunter2-is-secret";
    private const string Connection = $"Host=db.example;Database=haisoft;Username=haisoft;Password={Secret}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Nothing_that_says_how_to_reach_it_is_a_fault_with_an_example() =>
        Postgres(connection: null).Faults().ShouldHaveSingleItem().ShouldContain("Host=/var/run/postgresql;Database=haisoft");

    [Theory]
    [InlineData("oracle")]
    [InlineData("2")]
    public void A_store_of_another_name_is_a_fault(string name) =>
        new StoreOptions { Store = name }.Faults().ShouldHaveSingleItem().ShouldBe($"Controller:Store is '{name}': it is sqlite or postgres.");

    [Theory]
    [InlineData($"Database=haisoft;Password={Secret}", "has no Host")]
    [InlineData($"Host=db.example;Password={Secret}", "has no Database")]
    [InlineData($"Host=db.example;Database=haisoft;Pasword={Secret}", "is not understood")]
    [InlineData($"Host=db.example;Database=haisoft;Port=many;Password={Secret}", "is not understood")]
    [InlineData($"{Secret}", "is not understood")]
    public void What_is_wrong_with_it_is_told_without_quoting_it(string connection, string words)
    {
        string fault = Postgres(connection).Faults().ShouldHaveSingleItem();
        fault.ShouldContain(words);
        fault.ShouldNotContain(Secret);
    }

    [Fact]
    public void A_private_file_may_hold_it()
    {
        using ScratchFolder folder = new();
        StoreOptions options = new() { Store = "Postgres", PostgresConnectionFile = Written(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite) };
        options.Faults().ShouldBeEmpty();
        options.ReadPostgresConnection().ShouldBe(Connection);
    }

    [Fact]
    public void A_file_that_others_may_read_is_a_fault()
    {
        using ScratchFolder folder = new();
        string file = Written(folder, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        new StoreOptions { Store = "postgres", PostgresConnectionFile = file }.Faults().ShouldHaveSingleItem().ShouldContain($"chmod 600 {file}");
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_fault() =>
        new StoreOptions { Store = "postgres", PostgresConnectionFile = "/nonexistent/file" }.Faults().ShouldHaveSingleItem().ShouldContain("cannot be read");

    [Fact]
    public void Two_places_are_a_fault() =>
        new StoreOptions { Store = "postgres", PostgresConnection = Connection, PostgresConnectionFile = "/etc/x" }
            .Faults().ShouldHaveSingleItem().ShouldContain("leave one out");

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_by_its_name_and_without_the_password()
    {
        StoreConnections connections = new(Options.Create(Postgres($"Host=127.0.0.1;Port=1;Database=haisoft;Username=haisoft;Password={Secret}")));
        await using WriteGate gate = new(connections, TimeProvider.System);
        Migrator migrator = new(connections, gate, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance);

        StartRefusedException refused = await Should.ThrowAsync<StartRefusedException>(() => migrator.ApplyAsync(Token));

        refused.ExitCode.ShouldBe(StartExitCode.Store);
        refused.Message.ShouldContain("The PostgreSQL database haisoft on 127.0.0.1 cannot be reached");
        refused.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_refused_with_how_to_make_it()
    {
        using TestStore database = TestStore.Make(StoreKind.Postgres);
        StoreOptions options = database.Options.Value;
        options.PostgresConnection = new Npgsql.NpgsqlConnectionStringBuilder(options.PostgresConnection) { Database = "nobody_made_me" }.ToString();
        StoreConnections connections = new(Options.Create(options));
        await using WriteGate gate = new(connections, TimeProvider.System);
        Migrator migrator = new(connections, gate, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance);

        (await Should.ThrowAsync<StartRefusedException>(() => migrator.ApplyAsync(Token))).Message.ShouldContain("createdb");
    }

    [Fact]
    public async Task Commits_wait_for_the_disk_whatever_the_database_was_set_to()
    {
        using TestStore database = TestStore.Make(StoreKind.Postgres);
        await using OpenedStore store = new(database);
        await store.Gate.WriteAsync(
            (session, _) => Dapper.SqlMapper.ExecuteAsync(
                session.Connection, $"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$"),
            Token);
        await using OpenedStore again = new(database);

        string writer = await again.Gate.WriteAsync(
            (session, _) => Dapper.SqlMapper.QuerySingleAsync<string>(session.Connection, "SHOW synchronous_commit"), Token);
        await using var reader = await again.Connections.OpenAsync(Token);

        writer.ShouldBe("on");
        (await Dapper.SqlMapper.QuerySingleAsync<string>(reader, "SHOW synchronous_commit")).ShouldBe("on");
    }

    private static StoreOptions Postgres(string? connection) => new() { Store = "postgres", PostgresConnection = connection };

    private static string Written(ScratchFolder folder, UnixFileMode mode)
    {
        string file = folder.Write("postgres-connection", Connection + "\n");
        File.SetUnixFileMode(file, mode);
        return file;
    }
}
