using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Measurements.Series;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Damage;

/// <summary>Takes what is damaged out of its place, so that nothing meets it again.</summary>
internal sealed class DamageMending(WriteGate gate, DamagedData damaged)
{
    /// <summary>Sets aside all that was reported.</summary>
    public async Task MendAsync(CancellationToken cancellationToken)
    {
        while (damaged.TryTake(out DamagedPiece piece))
        {
            await gate.WriteAsync(
                async (session, token) =>
                {
                    // Several readers may have met it.
                    if (await TakeOutAsync(session, piece, token))
                        await damaged.KeepAsync(session, piece, token);
                },
                cancellationToken);
        }
    }

    private static Task<bool> TakeOutAsync(WriteSession session, DamagedPiece piece, CancellationToken cancellationToken) => piece.Part switch
    {
        DamagedPart.Block => BlockTable.RemoveAsync(session, piece.ServerId!, piece.Place, cancellationToken),
        DamagedPart.FiveMinutes =>
            RollupTable.RemoveAsync(session, piece.ServerId!, Resolution.FiveMinutes, (int)piece.Place, cancellationToken),
        DamagedPart.Hours => RollupTable.RemoveAsync(session, piece.ServerId!, Resolution.Hour, (int)piece.Place, cancellationToken),
        DamagedPart.Catalogue => CatalogueTable.ReplaceAsync(
            session, piece.ServerId!, piece.Data, CatalogueFormat.Write(SeriesCatalogue.AfterLoss(session.Now)), cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(piece)),
    };
}
