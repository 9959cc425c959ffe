using System.Data.Common;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Measurements.Series;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Upkeep;

/// <summary>What one server's measurements need once a day: days that are over are settled, what is old is removed.</summary>
internal sealed class ServerUpkeep(
    StoreConnections connections, WriteGate gate, DaySettling settling, CatalogueBook catalogues, MeasurementDays days)
{
    /// <summary>Does what is due for a server.</summary>
    public async Task KeepAsync(string serverId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await connections.OpenAsync(cancellationToken);
        IReadOnlyList<StoredBlock> blocks =
            await BlockTable.ListAsync(connection, serverId, 0, (days.LastSettled + 1) * Resolutions.Day, cancellationToken);
        IReadOnlyList<int> settled = await RollupTable.DaysAsync(
            connection, serverId, Resolution.FiveMinutes, days.FirstOf(Resolution.FiveMinutes), days.LastSettled, cancellationToken);
        foreach (int day in blocks.Select(block => Resolutions.DayOf(block.StartTime)).Distinct().Except(settled))
            await settling.SettleAsync(serverId, day, cancellationToken);

        // Only after that: nothing goes before it is rolled up.
        if (blocks.Count > 0 && Resolutions.DayOf(blocks[0].StartTime) < days.FirstOfReadings)
        {
            await gate.WriteAsync(
                (session, token) => BlockTable.RemoveBeforeAsync(session, serverId, days.FirstOfReadings * Resolutions.Day, token),
                cancellationToken);
        }

        foreach (Resolution resolution in Resolutions.All)
            await RemoveOldAsync(connection, serverId, resolution, cancellationToken);
        await ForgetAsync(connection, serverId, cancellationToken);
    }

    private async Task RemoveOldAsync(DbConnection connection, string serverId, Resolution resolution, CancellationToken cancellationToken)
    {
        int first = days.FirstOf(resolution);
        if ((await RollupTable.DaysAsync(connection, serverId, resolution, 0, first - 1, cancellationToken)).Count > 0)
            await gate.WriteAsync((session, token) => RollupTable.RemoveBeforeAsync(session, serverId, resolution, first, token), cancellationToken);
    }

    // A series without a reading that is kept is forgotten, and with the last one the server.
    private async Task ForgetAsync(DbConnection connection, string serverId, CancellationToken cancellationToken)
    {
        SeriesCatalogue catalogue = await catalogues.LoadAsync(connection, serverId, cancellationToken);
        int known = catalogue.Series.Count;
        catalogue.ForgetBefore(days.FirstOf(Resolution.Hour));
        if (catalogue.Series.Count == known)
            return;
        await gate.WriteAsync(
            (session, token) => catalogue.Series.Count > 0
                ? CatalogueBook.SaveAsync(session, serverId, catalogue, token)
                : CatalogueTable.RemoveAsync(session, serverId, token),
            cancellationToken);
    }
}
