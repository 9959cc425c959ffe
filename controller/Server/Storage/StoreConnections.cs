using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Storage;

/// <summary>Opens the database that the options choose (DESIGN 5).</summary>
public sealed class StoreConnections(IOptions<StoreOptions> options) : IDisposable
{
    static StoreConnections() => Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Where the databases differ.</summary>
    internal StoreEngine Engine { get; } = StoreEngine.Of(options.Value);

    /// <summary>Opens a connection for reading by hand SQL. Writing goes through <see cref="WriteGate"/>.</summary>
    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => Engine.OpenAsync(cancellationToken);

    /// <summary>Ends the connections that wait to be used again: what is opened under the same name later may be another database.</summary>
    public void Dispose() => Engine.LeavePool();

    /// <summary>A context on a connection that is open already.</summary>
    internal ControllerDbContext ContextOn(DbConnection connection)
    {
        DbContextOptionsBuilder<ControllerDbContext> builder = new();
        Engine.Configure(builder, connection);
        return new(builder.Options);
    }
}
