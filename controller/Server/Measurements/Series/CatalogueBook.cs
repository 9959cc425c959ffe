using System.Data.Common;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Series;

/// <summary>Loads and saves catalogues of series.</summary>
internal sealed class CatalogueBook(DamagedData damaged, TimeProvider time)
{
    /// <summary>A server's catalogue; an empty one when it has none, and when its own is damaged.</summary>
    public async Task<SeriesCatalogue> LoadAsync(DbConnection connection, string serverId, CancellationToken cancellationToken)
    {
        byte[]? stored = await CatalogueTable.FindAsync(connection, serverId, cancellationToken);
        try
        {
            return stored is null ? new SeriesCatalogue() : CatalogueFormat.Read(stored);
        }
        catch (BlockDamagedException e)
        {
            damaged.Report(new(serverId, DamagedPart.Catalogue, 0, e.Message, stored!));
            return SeriesCatalogue.AfterLoss(time.GetUtcNow());
        }
    }

    /// <summary>Saves it, when something differs.</summary>
    public static Task SaveAsync(WriteSession session, string serverId, SeriesCatalogue catalogue, CancellationToken cancellationToken) =>
        catalogue.Changed ? CatalogueTable.SaveAsync(session, serverId, CatalogueFormat.Write(catalogue), cancellationToken) : Task.CompletedTask;
}
