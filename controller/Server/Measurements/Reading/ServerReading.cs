using System.Data.Common;
using System.Text;
using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Journal;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Measurements.Series;

namespace HaiSoft.Controller.Measurements.Reading;

/// <summary>
/// Reads one server's series: first what the journal still has, then the blocks. What upkeep moves from one to the other
/// meanwhile is met twice, never missed, and counts once.
/// </summary>
internal sealed class ServerReading
{
    private readonly DbConnection _connection;
    private readonly string _serverId;
    private readonly DamagedData _damaged;
    private readonly List<ReadOnlyMemory<byte>> _recent;
    private readonly BlockReader _blocks = new();
    private readonly RollupReader _rollups = new();

    private ServerReading(
        DbConnection connection, string serverId, DamagedData damaged, List<ReadOnlyMemory<byte>> recent, SeriesCatalogue catalogue)
    {
        (_connection, _serverId, _damaged, _recent, Catalogue) = (connection, serverId, damaged, recent, catalogue);
        new RecordReading().Add(recent, catalogue, new ReadingTable(), from: 0, to: 0); // takes in what they name
    }

    /// <summary>The server's series, those that the journal alone names too.</summary>
    public SeriesCatalogue Catalogue { get; }

    /// <summary>Begins to read.</summary>
    public static async Task<ServerReading> BeginAsync(
        DbConnection connection, string serverId, CatalogueBook catalogues, DamagedData damaged, CancellationToken cancellationToken)
    {
        // In the way that upkeep moves them: out of the arrivals into a lane, out of a lane into blocks.
        List<ReadOnlyMemory<byte>> arrivals = await RecordsAsync(connection, JournalLane.Arrivals, serverId, cancellationToken);
        int lane = JournalLane.Of(Encoding.UTF8.GetBytes(serverId));
        List<ReadOnlyMemory<byte>> recent = [.. await RecordsAsync(connection, lane, serverId, cancellationToken), .. arrivals];
        return new(connection, serverId, damaged, recent, await catalogues.LoadAsync(connection, serverId, cancellationToken));
    }

    /// <summary>Every reading of some series from an instant up to, not including, another, in order.</summary>
    public async Task<ReadingTable> TableAsync(IReadOnlySet<int> series, long from, long to, CancellationToken cancellationToken)
    {
        ReadingTable table = new();
        await foreach (StoredBlock block in BlockTable.ReadAsync(_connection, _serverId, from, to).WithCancellation(cancellationToken))
        {
            int rows = table.Rows;
            try
            {
                _blocks.Open(block.Data);
                _blocks.AddTo(table, series);
            }
            catch (BlockDamagedException e)
            {
                table.CutTo(rows);
                _damaged.Report(new(_serverId, DamagedPart.Block, block.StartTime, e.Message, block.Data));
            }
        }

        new RecordReading().Add(_recent, Catalogue, table, from, to, series);
        table.Order();
        return table;
    }

    /// <summary>The days, from the first to the last, that are rolled up.</summary>
    public Task<IReadOnlyList<int>> DaysAsync(Resolution resolution, int first, int last, CancellationToken cancellationToken) =>
        RollupTable.DaysAsync(_connection, _serverId, resolution, first, last, cancellationToken);

    /// <summary>The parts of some series on some days, a day after the other.</summary>
    /// <param name="resolution">How long a part is.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last.</param>
    /// <param name="series">The series.</param>
    /// <param name="add">Gets a series, a day and its parts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RollupsAsync(
        Resolution resolution, int first, int last, IReadOnlySet<int> series, Action<int, int, PartSum[]> add, CancellationToken cancellationToken)
    {
        PartSum[] parts = new PartSum[resolution.Parts()];
        await foreach (StoredRollup rollup in RollupTable.ReadAsync(_connection, _serverId, resolution, first, last)
            .WithCancellation(cancellationToken))
        {
            try
            {
                _rollups.Open(rollup.Data);
                foreach (int id in series.Where(id => _rollups.TryRead(id, parts)))
                    add(id, rollup.Day, parts);
            }
            catch (BlockDamagedException e)
            {
                DamagedPart part = resolution == Resolution.Hour ? DamagedPart.Hours : DamagedPart.FiveMinutes;
                _damaged.Report(new(_serverId, part, rollup.Day, e.Message, rollup.Data));
            }
        }
    }

    private static async Task<List<ReadOnlyMemory<byte>>> RecordsAsync(
        DbConnection connection, int lane, string serverId, CancellationToken cancellationToken)
    {
        JournalSlice slice = new();
        byte[] server = Encoding.UTF8.GetBytes(serverId);
        await foreach (JournalEntry row in JournalTable.ReadAsync(connection, lane).WithCancellation(cancellationToken))
        {
            try
            {
                slice.Add(row.Data, server);
            }
            catch (BlockDamagedException)
            {
                // Upkeep comes to it, tells, and sets it aside.
            }
        }

        return slice.Servers.GetValueOrDefault(serverId) ?? [];
    }
}
