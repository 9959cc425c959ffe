using HaiSoft.Controller.Storage;
using HaiSoft.Testing.Clock;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>A store without the rest of the controller.</summary>
internal sealed class OpenedStore : IAsyncDisposable, IDbContextFactory<ControllerDbContext>
{
    private readonly bool _own;

    public OpenedStore(StoreKind kind)
        : this(TestStore.Make(kind)) => _own = true;

    public OpenedStore(TestStore store)
    {
        Store = store;
        Connections = new(store.Options);
        Gate = new(Connections, Time);
        Migrator = new(Connections, Gate, Time, NullLogger<Migrator>.Instance);
    }

    public TestStore Store { get; }

    public SettableTime Time { get; } = new();

    public StoreConnections Connections { get; }

    public Migrator Migrator { get; }

    public WriteGate Gate { get; }

    public ControllerDbContext CreateDbContext()
    {
        DbContextOptionsBuilder<ControllerDbContext> builder = new();
        Connections.Engine.Configure(builder);
        return new(builder.Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        Connections.Dispose();
        if (_own)
            Store.Dispose();
    }
}
