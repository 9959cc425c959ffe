using System.Data.Common;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Journal;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Measurements.Series;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Upkeep;

/// <summary>
/// Makes blocks of what a lane holds. All is read and computed outside the gate; one short transaction writes the blocks and
/// removes the rows that they were made of, so that a reading is in the journal or in a block. Used by one at a time.
/// </summary>
internal sealed partial class LaneCompaction(
    StoreConnections connections,
    WriteGate gate,
    MeasurementJournal journal,
    CatalogueBook catalogues,
    BlockMaking making,
    MeasurementDays days,
    DamagedData damaged,
    ILogger<LaneCompaction> logger)
{
    /// <summary>How much is made blocks of at once: bounds memory, and the transaction.</summary>
    public const int Bytes = 2 << 20;

    private readonly ReadingTable _table = new();
    private readonly RecordReading _reading = new();

    /// <summary>Makes blocks of the oldest that a lane holds.</summary>
    public async Task CompactAsync(int lane, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await connections.OpenAsync(cancellationToken);
        List<JournalEntry> rows = await JournalTable.FrontAsync(connection, lane, Bytes, cancellationToken);
        if (rows.Count == 0)
            return;
        List<DamagedPiece> pieces = [];
        JournalSlice slice = Slice(rows, pieces);
        List<(BlockChange Change, SeriesCatalogue Catalogue)> changes = [];
        foreach ((string serverId, List<ReadOnlyMemory<byte>> records) in slice.Servers)
        {
            SeriesCatalogue catalogue = await catalogues.LoadAsync(connection, serverId, cancellationToken);
            Read(serverId, records, catalogue, pieces);
            changes.Add((await making.MakeAsync(connection, serverId, _table, cancellationToken), catalogue));
        }

        await gate.WriteAsync(
            async (session, token) =>
            {
                foreach ((BlockChange change, SeriesCatalogue catalogue) in changes)
                {
                    await change.ApplyAsync(session, token);
                    await change.RemoveRollupsAsync(session, days.LastSettled, token);
                    await CatalogueBook.SaveAsync(session, change.ServerId, catalogue, token);
                }

                foreach (DamagedPiece piece in pieces)
                    await damaged.KeepAsync(session, piece, token);
                await journal.RemoveAsync(session, lane, rows, token);
            },
            cancellationToken);
    }

    private JournalSlice Slice(List<JournalEntry> rows, List<DamagedPiece> pieces)
    {
        JournalSlice slice = new();
        foreach (JournalEntry row in rows)
        {
            try
            {
                slice.Add(row.Data);
            }
            catch (BlockDamagedException e)
            {
                pieces.Add(new(null, DamagedPart.Journal, row.EntryKey, e.Message, row.Data));
                damaged.Tell(pieces[^1]);
            }
        }

        return slice;
    }

    private void Read(string serverId, List<ReadOnlyMemory<byte>> records, SeriesCatalogue catalogue, List<DamagedPiece> pieces)
    {
        _table.Clear();
        _reading.Forget();
        _reading.Add(records, catalogue, _table, days.FirstOfReadings * Resolutions.Day, long.MaxValue);
        _table.Order();
        if (_table.Rows > 0)
            catalogue.Note(_table.Columns, Resolutions.DayOf(_table.Times[^1]));
        if (_reading.Unnamed + _reading.TooOld + _reading.TooMany > 0)
            Log.LeftOut(logger, serverId, _reading.Unnamed, _reading.TooOld, _reading.TooMany);
        foreach ((ReadOnlyMemory<byte> record, string reason) in _reading.Damaged)
        {
            pieces.Add(new(serverId, DamagedPart.Journal, 0, reason, record.ToArray()));
            damaged.Tell(pieces[^1]);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1602, LogLevel.Warning, "Measurements of server {ServerId} left out: {Unnamed} of series that its agent has not named, {TooOld} older than any that is kept, {TooMany} series beyond the most that a server may have")]
        public static partial void LeftOut(ILogger logger, string serverId, long unnamed, long tooOld, long tooMany);
    }
}
