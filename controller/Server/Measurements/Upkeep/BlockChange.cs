using HaiSoft.Controller.Measurements.Blocks;
using HaiSoft.Controller.Measurements.Rollups;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Upkeep;

/// <summary>What changes in the blocks of one server, all in one transaction.</summary>
/// <param name="serverId">The server.</param>
internal sealed class BlockChange(string serverId)
{
    /// <summary>The server.</summary>
    public string ServerId => serverId;

    /// <summary>Blocks that go, by their first instants.</summary>
    public List<long> Removed { get; } = [];

    /// <summary>Blocks that come.</summary>
    public List<StoredBlock> Added { get; } = [];

    /// <summary>Writes it.</summary>
    /// <exception cref="InvalidOperationException">A block that was read is not there any more: nothing may change.</exception>
    public async Task ApplyAsync(WriteSession session, CancellationToken cancellationToken)
    {
        foreach (long startTime in Removed)
        {
            if (!await BlockTable.RemoveAsync(session, serverId, startTime, cancellationToken))
                throw new InvalidOperationException($"The block of server {serverId} at {startTime} was read, and is not there now.");
        }

        foreach (StoredBlock block in Added)
            await BlockTable.AddAsync(session, serverId, block, cancellationToken);
    }

    /// <summary>Removes the roll-ups of the days that change, up to the last that may have one: they are made again.</summary>
    public async Task RemoveRollupsAsync(WriteSession session, int lastSettled, CancellationToken cancellationToken)
    {
        foreach (int day in Added.Select(block => Resolutions.DayOf(block.StartTime)).Distinct().Where(day => day <= lastSettled))
        {
            foreach (Resolution resolution in Resolutions.All)
                await RollupTable.RemoveAsync(session, serverId, resolution, day, cancellationToken);
        }
    }
}
