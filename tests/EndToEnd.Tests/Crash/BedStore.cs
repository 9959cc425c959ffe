using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.Testing.Databases;

namespace HaiSoft.EndToEnd.Tests.Crash;

/// <summary>Where a bed's controller keeps its state: in its data folder, or in a PostgreSQL of the bed's own that may be killed.</summary>
internal sealed class BedStore : IAsyncDisposable
{
    private readonly PostgresServer? _server;
    private readonly string _database;

    private BedStore(PostgresServer? server, string database)
    {
        _server = server;
        _database = database;
    }

    /// <summary>SQLite, in the data folder.</summary>
    public static BedStore Embedded { get; } = new(server: null, "");

    /// <summary>The controller's options that choose it.</summary>
    public IReadOnlyList<string> Settings => _server is null ? [] : ["--Controller:Store=postgres", $"--Controller:PostgresConnection={Connection(_database)}"];

    /// <summary>Starts a server with an empty database.</summary>
    public static async Task<BedStore> StartPostgresAsync(CancellationToken cancellationToken)
    {
        var server = await PostgresServer.StartAsync(cancellationToken);
        return new BedStore(server, await server.CreateDatabaseAsync(cancellationToken));
    }

    /// <summary><c>kill -9</c> of the whole server.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => _server!.KillAsync(cancellationToken);

    /// <summary>Starts it again on its data.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _server!.RunAsync(cancellationToken);

    /// <summary>Looks at what it holds; the controller may run or be dead.</summary>
    public LedgerDatabase Open(string dataFolder) => _server is null ? LedgerDatabase.InFolder(dataFolder) : LedgerDatabase.OnPostgres(Connection(_database));

    /// <summary>A copy that may be damaged.</summary>
    public async Task<LedgerDatabase> CopyAsync(string dataFolder, CancellationToken cancellationToken)
    {
        if (_server is null)
        {
            return LedgerDatabase.InFolder(dataFolder);
        }

        var copy = await _server.CreateDatabaseAsync(cancellationToken);
        var dump = Path.Combine(dataFolder, "copy.sql");
        await _server.RunToolAsync("pg_dump", ["--no-sync", "-f", dump, _database], cancellationToken);
        await _server.RunToolAsync("psql", ["-q", "-v", "ON_ERROR_STOP=1", "-f", dump, "-d", copy], cancellationToken);
        File.Delete(dump);
        return LedgerDatabase.OnPostgres(Connection(copy));
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string Connection(string database) => $"Host={_server!.Host};Username={PostgresServer.User};Database={database}";
}
