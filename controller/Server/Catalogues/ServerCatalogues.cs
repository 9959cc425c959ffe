using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Catalogues;

/// <summary>What servers verify orders by, for people.</summary>
internal sealed class ServerCatalogues(IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>What a server holds; absent when its agent has not told.</summary>
    public async Task<ServerCatalogueRow?> OfAsync(string serverId, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<ServerCatalogueRow>().AsNoTracking().SingleOrDefaultAsync(row => row.ServerId == serverId, cancellationToken);
    }

    /// <summary>What all hold that have told, by server id.</summary>
    public async Task<IReadOnlyDictionary<string, ServerCatalogueRow>> AllAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<ServerCatalogueRow>().AsNoTracking().ToDictionaryAsync(row => row.ServerId, cancellationToken);
    }
}
