using System.Data.Common;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Measurements.Series;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Upkeep;

/// <summary>
/// Settles a day that is over: its small blocks become few large ones, which take less room, and its roll-ups are made on the
/// way. Each step may be done again: after a crash it is, and so it is when late readings came. Used by one at a time.
/// </summary>
internal sealed class DaySettling(
    StoreConnections connections, WriteGate gate, CatalogueBook catalogues, DamagedData damaged, DamageMending mending)
{
    private readonly BlockReader _reader = new();
    private readonly BlockWriter _blocks = new();
    private readonly RollupWriter _rollups = new();
    private readonly ReadingTable _table = new();
    private readonly List<long> _members = [];

    /// <summary>Settles a day of a server, counted from 1970-01-01.</summary>
    public async Task SettleAsync(string serverId, int day, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await connections.OpenAsync(cancellationToken);
        DayRollup[] rollups = [.. Resolutions.All.Select(resolution => new DayRollup(resolution))];
        _table.Clear();
        _members.Clear();
        foreach (StoredBlock block in await BlockTable.ListAsync(
            connection, serverId, day * Resolutions.Day, (day + 1) * Resolutions.Day, cancellationToken))
        {
            if (_table.Rows > 0 && (_table.Rows + block.InstantCount) * _table.Columns.Count > BlockMaking.MostReadings)
                await PackAsync(serverId, rollups, cancellationToken);
            await AddAsync(connection, serverId, block.StartTime, cancellationToken);
        }

        await PackAsync(serverId, rollups, cancellationToken);
        await mending.MendAsync(cancellationToken);
        SeriesCatalogue catalogue = await catalogues.LoadAsync(connection, serverId, cancellationToken);
        await SaveAsync(serverId, day, rollups, catalogue, cancellationToken);
    }

    private async Task AddAsync(DbConnection connection, string serverId, long startTime, CancellationToken cancellationToken)
    {
        await foreach (StoredBlock block in BlockTable.ReadAsync(connection, serverId, startTime, startTime + 1)
            .WithCancellation(cancellationToken))
        {
            int rows = _table.Rows;
            try
            {
                _reader.Open(block.Data);
                _reader.AddTo(_table);
                _members.Add(block.StartTime);
            }
            catch (BlockDamagedException e)
            {
                _table.CutTo(rows);
                damaged.Report(new(serverId, DamagedPart.Block, block.StartTime, e.Message, block.Data));
            }
        }
    }

    // What has been read so far becomes one block; a block that is alone stays as it is.
    private async Task PackAsync(string serverId, DayRollup[] rollups, CancellationToken cancellationToken)
    {
        foreach (DayRollup rollup in rollups)
            rollup.Add(_table);
        if (_members.Count > 1)
        {
            BlockChange change = new(serverId);
            change.Removed.AddRange(_members);
            change.Added.Add(new()
            {
                StartTime = _table.Times[0],
                EndTime = _table.Times[^1],
                InstantCount = _table.Rows,
                Data = _blocks.Write(_table, 0, _table.Rows),
            });
            await gate.WriteAsync(change.ApplyAsync, cancellationToken);
        }

        _table.Clear();
        _members.Clear();
    }

    private async Task SaveAsync(
        string serverId, int day, DayRollup[] rollups, SeriesCatalogue catalogue, CancellationToken cancellationToken)
    {
        HashSet<int> counters = [.. catalogue.Series.Where(s => s.Behaviour == SeriesBehaviour.Counter).Select(s => s.Id)];
        byte[][] written = [.. rollups.Select(rollup => _rollups.Write(rollup, counters.Contains))];
        await gate.WriteAsync(
            async (session, token) =>
            {
                for (int i = 0; i < rollups.Length; i++)
                    await RollupTable.SaveAsync(session, serverId, rollups[i].Resolution, day, written[i], token);
            },
            cancellationToken);
    }
}
