using System.Globalization;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Databases;

/// <summary>
/// A PostgreSQL of this test run's own: a private cluster in a scratch folder, on a UNIX socket there and on no network, as a
/// user without privileges. Unless it is to be durable it does not wait for the disk: a test may kill its processes, but not the machine.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The user that owns the cluster and everything in it.</summary>
    public const string User = "haisoft";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly SemaphoreSlim SharedOnce = new(1, 1);
    private static PostgresServer? s_shared;

    private readonly ScratchFolder _folder;
    private readonly string _cluster;
    private readonly string[] _durability;
    private RunningProgram? _server;
    private int _databases;

    private PostgresServer(ScratchFolder folder, bool durable)
    {
        _folder = folder;
        _durability = durable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
        _cluster = Path.Combine(folder.Path, "cluster");
    }

    /// <summary>The folder of its socket: what a client names as its host.</summary>
    public string Host => _folder.Path;

    /// <summary>The server's first process.</summary>
    public ProcessIdentity Process => _server!.Identity;

    /// <summary>Why none can be started on this machine; null when all is there.</summary>
    public static string? WhyNot() =>
        PostgresPrograms.Folder is null ? "PostgreSQL is not installed: ./build.sh setup installs it."
        : PostgresPrograms.WhyNoUser() is { } why ? why
        : null;

    /// <summary>The one that the tests of this program share; started when it is first asked for.</summary>
    public static async Task<PostgresServer> SharedAsync(CancellationToken cancellationToken)
    {
        await SharedOnce.WaitAsync(cancellationToken);
        try
        {
            return s_shared ??= await StartAsync(cancellationToken);
        }
        finally
        {
            SharedOnce.Release();
        }
    }

    /// <summary>Ends the shared one, if there is one.</summary>
    public static async Task StopSharedAsync()
    {
        if (Interlocked.Exchange(ref s_shared, null) is { } shared)
            await shared.DisposeAsync();
    }

    /// <summary>Makes a cluster and starts it; it does not wait for the disk.</summary>
    public static Task<PostgresServer> StartAsync(CancellationToken cancellationToken) => StartAsync(durable: false, cancellationToken);

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="durable">It waits for the disk at each commit, as PostgreSQL does by default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<PostgresServer> StartAsync(bool durable, CancellationToken cancellationToken)
    {
        await TestRun.SweepAsync(cancellationToken);
        PostgresServer server = new(new ScratchFolder(), durable);
        try
        {
            await PostgresPrograms.OwnAsync(server.Host, cancellationToken);
            var (program, arguments) = PostgresPrograms.AsOwner(
                "initdb", "-D", server._cluster, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions");
            (await Tool.RunAsync(program, arguments, cancellationToken)).Succeeded();
            await server.RunAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again, on the same data and socket, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (program, arguments) = PostgresPrograms.AsOwner(
            "postgres", ["-D", _cluster, "-k", Host, "-c", "listen_addresses=", .. _durability,
            "-c", "max_connections=300", "-c", "shared_buffers=64MB", "-c", "max_wal_size=256MB", "-c", "autovacuum_naptime=10min"]);
        _server = RunningProgram.Start(program, arguments);
        if (Environment.IsPrivilegedProcess)
            TestRun.Note(_server.Identity);
        await _server.LineWithAsync("ready to accept connections", StartLimit, cancellationToken);
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await RunToolAsync("createdb", ["-T", "template0", name], cancellationToken);
        return name;
    }

    /// <summary>Removes a database, whoever is still connected to it.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken) =>
        RunToolAsync("dropdb", ["--force", "--if-exists", name], cancellationToken);

    /// <summary>Runs one of PostgreSQL's own programs against this server.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> RunToolAsync(string tool, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        (await Tool.RunAsync(PostgresPrograms.Path(tool), ["-h", Host, "-U", User, .. arguments], cancellationToken)).Succeeded();

    /// <summary><c>kill -9</c> of the whole server, as when its machine dies.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        var children = ProcessIdentity.ChildrenOf(Process);
        await _server!.KillAsync(cancellationToken);
        foreach (var child in children)
            child.Send(Signal.Kill);
        // A new server refuses to start while one of them still holds the old one's memory.
        while (children.Any(child => child.IsAlive))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
    }

    /// <summary>Ends it as an administrator would, cutting whoever is connected.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _server!.Send(Signal.Interrupt);
        await _server.Exited.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }
}
