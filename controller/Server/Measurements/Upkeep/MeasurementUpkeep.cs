using System.Data.Common;
using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Journal;
using HaiSoft.Controller.Measurements.Series;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Upkeep;

/// <summary>
/// Keeps the measurements small behind the writer's back: one piece of work at a time, each bounded, and pauses between them
/// in which reports have the machine, as long as the journal does not grow too long.
/// </summary>
internal sealed partial class MeasurementUpkeep(
    StoreConnections connections,
    WriteGate gate,
    MeasurementJournal journal,
    JournalSorting sorting,
    LaneCompaction compaction,
    ServerUpkeep servers,
    DamageMending mending,
    MeasurementDays days,
    TimeProvider time,
    ILogger<MeasurementUpkeep> logger) : BackgroundService
{
    private const int ServersAtATime = 20;

    // Behind this the journal is more important than the pauses.
    private const long TooLong = 64L << 20;

    private static readonly TimeSpan ArrivalsFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LaneFor = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFailedLane = TimeSpan.FromMinutes(1);

    private readonly Dictionary<int, DateTimeOffset> _resting = [];
    private string _lastServer = "";
    private int _walkingThrough;
    private int _walkedThrough;
    private bool _opened;

    /// <summary>Does a piece of each kind of work that is due.</summary>
    /// <returns>False when none was.</returns>
    public async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        if (!_opened)
            await gate.WriteAsync(journal.OpenAsync, cancellationToken);
        _opened = true;
        await mending.MendAsync(cancellationToken);
        bool sorts = IsDue(JournalLane.Arrivals, JournalSorting.Bytes, ArrivalsFor);
        if (sorts)
            await sorting.SortAsync(cancellationToken);
        return await CompactAsync(cancellationToken) || sorts || await WalkAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause = AfterFailure;
            try
            {
                long begun = time.GetTimestamp();
                bool worked = await WorkAsync(stoppingToken);
                bool behind = journal.BytesIn(JournalLane.Arrivals) > TooLong;
                pause = !worked ? Idle : behind ? TimeSpan.Zero : time.GetElapsedTime(begun);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.Failed(logger, e, AfterFailure);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The fullest lane, or the one whose rows are the oldest. One that fails does not keep the others from it.
    private async Task<bool> CompactAsync(CancellationToken cancellationToken)
    {
        int[] lanes = [.. Enumerable.Range(1, JournalLane.Behind).Where(lane => _resting.GetValueOrDefault(lane) <= time.GetUtcNow())];
        int[] next = [lanes.MaxBy(journal.BytesIn), lanes.MinBy(lane => journal.OldestIn(lane) ?? DateTimeOffset.MaxValue)];
        int due = Array.Find(next, lane => lane > 0 && IsDue(lane, LaneCompaction.Bytes, LaneFor));
        if (due == 0)
            return false;
        _resting[due] = time.GetUtcNow() + AfterFailedLane;
        await compaction.CompactAsync(due, cancellationToken);
        _resting.Remove(due);
        return true;
    }

    private bool IsDue(int lane, long bytes, TimeSpan age) =>
        journal.BytesIn(lane) >= bytes || journal.OldestIn(lane) + age <= time.GetUtcNow();

    // Once a day, when another day is over, and once after the start.
    private async Task<bool> WalkAsync(CancellationToken cancellationToken)
    {
        if (_lastServer.Length == 0)
            _walkingThrough = days.LastSettled;
        if (_walkedThrough == _walkingThrough)
            return false;
        IReadOnlyList<string> next;
        await using (DbConnection connection = await connections.OpenAsync(cancellationToken))
            next = await CatalogueTable.ServersAfterAsync(connection, _lastServer, ServersAtATime, cancellationToken);
        foreach (string server in next)
        {
            _lastServer = server; // also when it fails: the others have their turn, and it has it again tomorrow
            await servers.KeepAsync(server, cancellationToken);
        }

        if (next.Count == 0)
            (_walkedThrough, _lastServer) = (_walkingThrough, "");
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1603, LogLevel.Error, "The upkeep of measurements failed; it is tried again in {Pause}. Nothing is lost meanwhile, but the database grows")]
        public static partial void Failed(ILogger logger, Exception exception, TimeSpan pause);
    }
}
