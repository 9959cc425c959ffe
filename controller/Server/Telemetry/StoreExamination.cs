using System.Data.Common;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Telemetry;

/// <summary>
/// Reads the database as a whole once a fault is over that may have damaged it. What is damaged is told for as long as the controller runs:
/// it goes on meanwhile, because incidents are worth more than a chart, and a restore brings back what agents still keep.
/// </summary>
internal sealed partial class StoreExamination : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);
    private readonly StoreEngine _engine;
    private readonly StoreWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreExamination> _logger;
    private volatile bool _doubted;
    private volatile string? _damage;
    private int _examinations;

    public StoreExamination(WriteGate gate, StoreConnections connections, StoreWatch watch, TimeProvider time, ILogger<StoreExamination> logger)
    {
        (_engine, _watch, _time, _logger) = (connections.Engine, watch, time, logger);
        gate.Watch(told => _doubted |= told.Fault is { } fault && _engine.LeavesDoubt(fault.GetBaseException()));
    }

    /// <summary>What is wrong with the database and what to do; absent when nothing is known to be.</summary>
    public string? Damage => _damage;

    /// <summary>How often the whole was read.</summary>
    public int Examinations => Volatile.Read(ref _examinations);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!_doubted || _watch.Fault is not null)
                continue;
            _doubted = false;
            await ExamineAsync(stoppingToken);
        }
    }

    private async Task ExamineAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(() => _engine.VerifyAsync(cancellationToken), cancellationToken);
            Log.Whole(_logger, _engine.Name);
            Interlocked.Increment(ref _examinations);
        }
        catch (Exception e) when (e is InvalidDataException || (e is DbException && _engine.LeavesDoubt(e)))
        {
            _damage = $"{_engine.Name} is damaged since its disk failed: restore the last backup, agents send again what came after it ({e.Message})";
            Log.Damaged(_logger, _damage);
            Interlocked.Increment(ref _examinations);
        }
        catch (DbException e)
        {
            // Not now: busy, say.
            _doubted = true;
            Log.Unexamined(_logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1013, LogLevel.Information, "{Store} was read as a whole after its disk had failed: it is whole")]
        public static partial void Whole(ILogger logger, string store);

        [LoggerMessage(1014, LogLevel.Critical, "{Damage}")]
        public static partial void Damaged(ILogger logger, string damage);

        [LoggerMessage(1015, LogLevel.Warning, "The store could not be read as a whole; it is tried again")]
        public static partial void Unexamined(ILogger logger, Exception exception);
    }
}
