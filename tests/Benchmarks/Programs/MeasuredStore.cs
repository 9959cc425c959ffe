using HaiSoft.Benchmarks.Machines;
using HaiSoft.Testing.Databases;

namespace HaiSoft.Benchmarks.Programs;

/// <summary>The store of a controller that is measured.</summary>
internal sealed class MeasuredStore : IAsyncDisposable
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    private readonly PostgresServer? _server;

    private MeasuredStore(string name, PostgresServer? server, IReadOnlyList<string> options)
    {
        Name = name;
        _server = server;
        Options = options;
    }

    public string Name { get; }

    /// <summary>What the controller is told of it.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>User and system time of its own processes so far, in seconds; what lives in the controller's process has none.</summary>
    public double Cpu => _server is null ? 0 : ProcessUse.FamilyCpu(_server.Process);

    /// <summary>Makes it: nothing for SQLite; for PostgreSQL a server of its own, which waits for the disk at each commit.</summary>
    public static async Task<MeasuredStore> MakeAsync(string name, CancellationToken cancellationToken)
    {
        if (name == Sqlite)
            return new MeasuredStore(name, server: null, []);

        if (PostgresServer.WhyNot() is { } why)
            throw new InvalidOperationException(why);
        PostgresServer server = await PostgresServer.StartAsync(durable: true, cancellationToken);
        string database = await server.CreateDatabaseAsync(cancellationToken);
        return new MeasuredStore(
            name, server, ["--Controller:Store=postgres", $"--Controller:PostgresConnection=Host={server.Host};Username={PostgresServer.User};Database={database}"]);
    }

    public override string ToString() => Name;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
