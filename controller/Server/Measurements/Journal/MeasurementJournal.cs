using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Journal;

/// <summary>
/// What was read and is not in a block yet. Rows are only added at the end of a lane and removed from its front. Written
/// inside the gate alone; how much a lane holds may be asked at any time.
/// </summary>
internal sealed class MeasurementJournal
{
    private readonly Lock _gate = new();
    private readonly Lane?[] _lanes = new Lane?[JournalLane.Count];

    /// <summary>Bytes in a lane that was opened.</summary>
    public long BytesIn(int lane)
    {
        lock (_gate)
            return _lanes[lane]?.Bytes ?? 0;
    }

    /// <summary>When the oldest row of an opened lane was written; absent when it is empty.</summary>
    public DateTimeOffset? OldestIn(int lane)
    {
        lock (_gate)
            return _lanes[lane]?.Oldest;
    }

    /// <summary>Learns what the lanes hold, once.</summary>
    public async Task OpenAsync(WriteSession session, CancellationToken cancellationToken)
    {
        for (int lane = 0; lane < JournalLane.Count; lane++)
            await LaneAsync(session, lane, cancellationToken);
    }

    /// <summary>Adds a row to a lane.</summary>
    public async Task AddAsync(WriteSession session, int lane, byte[] row, CancellationToken cancellationToken)
    {
        Lane filled = await LaneAsync(session, lane, cancellationToken);
        await JournalTable.AddAsync(session, filled.NextKey++, row, cancellationToken);
        session.AfterCommit(() => Count(filled, row.Length, filled.Oldest ?? session.Now));
    }

    /// <summary>Removes the rows that stood at a lane's front.</summary>
    /// <param name="session">The transaction that stores elsewhere what they held.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="rows">All rows that stood there, one at least.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RemoveAsync(WriteSession session, int lane, IReadOnlyList<JournalEntry> rows, CancellationToken cancellationToken)
    {
        await JournalTable.RemoveAsync(session, rows, cancellationToken);
        long? oldest = await JournalTable.OldestTimeAsync(session, lane, cancellationToken);
        Lane filled = await LaneAsync(session, lane, cancellationToken);
        session.AfterCommit(() => Count(filled, -rows.Sum(row => row.Data.Length), oldest.FromUnixMicroseconds()));
    }

    private async Task<Lane> LaneAsync(WriteSession session, int lane, CancellationToken cancellationToken)
    {
        if (_lanes[lane] is { } known)
            return known;
        JournalFill fill = await JournalTable.FillAsync(session, lane, cancellationToken);
        Lane opened = new()
        {
            NextKey = (fill.LastKey ?? JournalLane.FirstKey(lane)) + 1,
            Bytes = fill.Bytes,
            Oldest = fill.OldestTime.FromUnixMicroseconds(),
        };
        lock (_gate)
            _lanes[lane] = opened;
        return opened;
    }

    private void Count(Lane lane, long bytes, DateTimeOffset? oldest)
    {
        lock (_gate)
        {
            lane.Bytes += bytes;
            lane.Oldest = oldest;
        }
    }

    private sealed class Lane
    {
        public long NextKey { get; set; }

        public long Bytes { get; set; }

        public DateTimeOffset? Oldest { get; set; }
    }
}
