using System.Data.Common;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaiSoft.Controller.Storage.Postgres;

/// <summary>
/// PostgreSQL. One connection writes, with <c>synchronous_commit = on</c>, and holds the database for this controller
/// (<see cref="ControllerClaim"/>): when it is lost, so is the claim, and nothing that was begun on it can be committed.
/// </summary>
internal sealed class PostgresEngine(string connectionString) : StoreEngine
{
    private const int OldestVersion = 14;
    private const string UndefinedDatabase = "3D000";
    private const string AuthorizationClass = "28";
    private readonly ConnectionStrings _strings = new(connectionString);

    public override string Name => _strings.Name;

    public override string MigrationFolder => "Postgres";

    public override Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(_strings.Reader, cancellationToken);

    public override async Task<DbConnection> OpenWriterAsync(CancellationToken cancellationToken) =>
        await OpenAsync(_strings.Writer, cancellationToken);

    public override Task ClaimAsync(DbConnection writer, CancellationToken cancellationToken) =>
        ControllerClaim.TakeAsync(writer, Name, cancellationToken);

    public override async Task<DbTransaction> BeginAsync(DbConnection writer, CancellationToken cancellationToken)
    {
        DbTransaction transaction = await writer.BeginTransactionAsync(cancellationToken);
        await ControllerClaim.WriteAloneAsync(transaction, cancellationToken);
        return transaction;
    }

    public override async Task<bool> IsMadeAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>("SELECT to_regclass('schema_migrations') IS NOT NULL");
    }

    public override async Task<IReadOnlyList<string>> DoubtsAsync(DbConnection writer, CancellationToken cancellationToken) =>
    [
        .. (await writer.QueryAsync<string>("SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'"))
            .Select(name => $"{Name}: the server runs with {name} = off, so that a power failure can lose what was acknowledged; "
                + $"set it on in postgresql.conf"),
    ];

    // Connection, rolled back, a table or a right that is not there, resources (a full disk), a lock, an administrator, the system, inside, read-only: appendix A of PostgreSQL's manual.
    public override bool IsFault(Exception exception) => exception switch
    {
        PostgresException { SqlState: { } state } => state == "25006" || state[..2] is "08" or "40" or "42" or "53" or "55" or "57" or "58" or "XX",
        NpgsqlException or StoreClaimedException or TimeoutException => true,
        _ => false,
    };

    // The server stops by itself when its disk fails, and begins again from its log.
    public override bool LeavesDoubt(Exception fault) => false;

    public override string? Lost() => null;

    public override async Task<StoreSize> SizeAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        return new(
            await connection.QuerySingleAsync<long>(new CommandDefinition("SELECT pg_database_size(current_database())", cancellationToken: cancellationToken)),
            JournalBytes: null);
    }

    public override Task<string?> CopyAsync(string target, CancellationToken cancellationToken) => Task.FromResult<string?>(
        $"{Name} is not in it. PostgreSQL's own tools back it up, also while the controller runs; now, for example:\n"
        + $"  {_strings.DumpCommand}\nand bring it back, into an empty database and with the controller stopped, with pg_restore.");

    // The server verifies by itself what it reads (initdb --data-checksums); there is nothing more to ask it for.
    public override Task VerifyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void LeavePool()
    {
        using NpgsqlConnection pooled = new(_strings.Reader);
        NpgsqlConnection.ClearPool(pooled);
    }

    public override void Configure(DbContextOptionsBuilder builder) => builder.UseNpgsql(_strings.Reader);

    public override void Configure(DbContextOptionsBuilder builder, DbConnection connection) => builder.UseNpgsql(connection);

    public override StartRefusedException Explain(DbException fault) => fault switch
    {
        PostgresException { SqlState: UndefinedDatabase } => Refuse(
            "does not exist. Make it (createdb --owner=USER --encoding=UTF8 --locale=C --template=template0 NAME), or name another one.", fault),
        PostgresException { SqlState: { } state } refused when state.StartsWith(AuthorizationClass, StringComparison.Ordinal) => Refuse(
            $"lets this user not in ({refused.MessageText}). Correct the connection's user and password, or pg_hba.conf.", fault),
        PostgresException { SqlState: { } state } gone when state[..2] is "08" or "53" or "57" or "58" => Refuse($"cannot be used now ({gone.MessageText}).", fault),
        PostgresException wrong => new(
            $"{Name} cannot be used: {wrong.MessageText} ({wrong.SqlState}). Restore it from a backup, or name an empty one.",
            StartExitCode.Database,
            fault),
        _ => Refuse($"cannot be reached ({(fault.InnerException ?? fault).Message}). Start it, or correct the connection.", fault),
    };

    private StartRefusedException Refuse(string what, Exception? cause) => new(
        $"{Name} {what} (Controller:PostgresConnection or Controller:PostgresConnectionFile)", StartExitCode.Store, cause);

    private async Task<DbConnection> OpenAsync(string how, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = new(how);
        try
        {
            await connection.OpenAsync(cancellationToken);
            RefuseUnfit(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void RefuseUnfit(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < OldestVersion)
            throw Refuse($"runs on version {connection.PostgreSqlVersion}: {OldestVersion} or later is needed.", cause: null);
        string encoding = connection.PostgresParameters.GetValueOrDefault("server_encoding", "");
        if (encoding != "UTF8")
            throw Refuse($"keeps text as {encoding}: make one with --encoding=UTF8.", cause: null);
    }
}
