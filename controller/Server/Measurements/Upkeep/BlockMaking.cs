using System.Data.Common;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Rollups;

namespace HaiSoft.Controller.Measurements.Upkeep;

/// <summary>
/// Makes blocks of new readings. What comes after all blocks, or between two, makes new ones; what falls into the time of a
/// block is merged with it, so that blocks never overlap and a reading that came twice is there once. Used by one at a time.
/// </summary>
internal sealed class BlockMaking(DamagedData damaged, DamageMending mending)
{
    /// <summary>Readings that a block is made of at most: bounds what must be decoded to add a late one.</summary>
    public const int MostReadings = 1 << 16;

    private readonly BlockWriter _writer = new();
    private readonly BlockReader _reader = new();
    private readonly ReadingTable _merged = new();

    /// <summary>What has to change in the blocks of a server.</summary>
    /// <param name="connection">Reads the blocks that are there.</param>
    /// <param name="serverId">The server.</param>
    /// <param name="table">New readings, in order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BlockChange> MakeAsync(
        DbConnection connection, string serverId, ReadingTable table, CancellationToken cancellationToken)
    {
        BlockChange change = new(serverId);
        if (table.Rows == 0)
            return change;
        IReadOnlyList<StoredBlock> known =
            await BlockTable.ListAsync(connection, serverId, table.Times[0], table.Times[^1] + 1, cancellationToken);
        int row = 0;
        foreach (StoredBlock block in known)
        {
            int inside = table.RowAt(block.StartTime, row);
            Write(change, table, row, inside);
            row = table.RowAt(block.EndTime + 1, inside);
            if (row > inside)
                await MergeAsync(connection, change, block.StartTime, table, inside, row, cancellationToken);
        }

        Write(change, table, row, table.Rows);
        return change;
    }

    private async Task MergeAsync(
        DbConnection connection, BlockChange change, long startTime, ReadingTable table, int first, int end, CancellationToken cancellationToken)
    {
        _merged.Clear();
        await foreach (StoredBlock block in BlockTable.ReadAsync(connection, change.ServerId, startTime, startTime + 1)
            .WithCancellation(cancellationToken))
        {
            try
            {
                _reader.Open(block.Data);
                _reader.AddTo(_merged);
                change.Removed.Add(block.StartTime);
            }
            catch (BlockDamagedException e)
            {
                _merged.Clear();
                damaged.Report(new(change.ServerId, DamagedPart.Block, block.StartTime, e.Message, block.Data));
            }
        }

        await mending.MendAsync(cancellationToken);
        table.CopyTo(_merged, first, end);
        _merged.Order();
        Write(change, _merged, 0, _merged.Rows);
    }

    private void Write(BlockChange change, ReadingTable table, int first, int end)
    {
        int most = Math.Max(1, MostReadings / Math.Max(1, table.Columns.Count));
        while (first < end)
        {
            int day = Resolutions.DayOf(table.Times[first]);
            int next = table.RowAt((day + 1) * Resolutions.Day, first);
            next = Math.Min(Math.Min(next, end), first + most);
            change.Added.Add(new()
            {
                StartTime = table.Times[first],
                EndTime = table.Times[next - 1],
                InstantCount = next - first,
                Data = _writer.Write(table, first, next - first),
            });
            first = next;
        }
    }
}
