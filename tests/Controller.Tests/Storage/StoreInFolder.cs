using HaiSoft.Controller.Storage;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>A store in a folder of its own, without the rest of the controller.</summary>
internal sealed class StoreInFolder : IAsyncDisposable, IDbContextFactory<ControllerDbContext>
{
    private readonly ScratchFolder _folder = new();

    public StoreInFolder()
    {
        Options = Microsoft.Extensions.Options.Options.Create(new StoreOptions { DataFolder = _folder.Path });
        Connections = new(Options);
        Migrator = new(Connections, Options, Time, NullLogger<Migrator>.Instance);
        Gate = new(Connections, Time);
    }

    public SettableTime Time { get; } = new();

    public IOptions<StoreOptions> Options { get; }

    public StoreConnections Connections { get; }

    public Migrator Migrator { get; }

    public WriteGate Gate { get; }

    public ControllerDbContext CreateDbContext()
    {
        DbContextOptionsBuilder<ControllerDbContext> builder = new();
        Connections.Configure(builder);
        return new(builder.Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        _folder.Dispose();
    }
}
