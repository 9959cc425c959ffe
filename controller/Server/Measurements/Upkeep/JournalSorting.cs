using System.Data.Common;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Journal;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Upkeep;

/// <summary>
/// Sorts what arrived into the servers' lanes: records are copied, not read. Each is in the arrivals before the commit and in
/// its lane after it, never in both and never in none. Used by one at a time.
/// </summary>
internal sealed class JournalSorting(StoreConnections connections, WriteGate gate, MeasurementJournal journal, DamagedData damaged)
{
    /// <summary>How much is sorted at once: bounds memory, and what a reader finds unsorted.</summary>
    public const int Bytes = 1 << 20;

    private readonly JournalWriter[] _lanes = [.. Enumerable.Range(0, JournalLane.Count).Select(_ => new JournalWriter())];

    /// <summary>Sorts the oldest of what arrived.</summary>
    public async Task SortAsync(CancellationToken cancellationToken)
    {
        List<JournalEntry> rows;
        await using (DbConnection connection = await connections.OpenAsync(cancellationToken))
            rows = await JournalTable.FrontAsync(connection, JournalLane.Arrivals, Bytes, cancellationToken);
        if (rows.Count == 0)
            return;
        foreach (JournalWriter lane in _lanes)
            lane.Clear();
        List<DamagedPiece> pieces = [.. rows.Select(Sort).OfType<DamagedPiece>()];
        await gate.WriteAsync(
            async (session, token) =>
            {
                for (int lane = 0; lane < _lanes.Length; lane++)
                {
                    if (_lanes[lane].Length > 0)
                        await journal.AddAsync(session, lane, _lanes[lane].Close(), token);
                }

                foreach (DamagedPiece piece in pieces)
                    await damaged.KeepAsync(session, piece, token);
                await journal.RemoveAsync(session, JournalLane.Arrivals, rows, token);
            },
            cancellationToken);
    }

    private DamagedPiece? Sort(JournalEntry row)
    {
        try
        {
            JournalRow records = new(row.Data);
            while (records.TryNext(out ReadOnlySpan<byte> record))
                _lanes[JournalLane.Of(JournalRecord.ServerOf(record))].Append(record);
            return null;
        }
        catch (BlockDamagedException e)
        {
            DamagedPiece piece = new(null, DamagedPart.Journal, row.EntryKey, e.Message, row.Data);
            damaged.Tell(piece);
            return piece;
        }
    }
}
