using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Telemetry;

/// <summary>
/// Knows whether the store can be written: from every write that there is, and from one of its own every ten seconds, so that a store that
/// fails is known within a minute also when nothing is reported. It only watches: what cannot be written is not acknowledged, and the agents keep it.
/// </summary>
internal sealed partial class StoreWatch : BackgroundService
{
    private const string Mark = """
        INSERT INTO store_marks (mark, marked_time) VALUES ('written', @now)
        ON CONFLICT (mark) DO UPDATE SET marked_time = excluded.marked_time
        """;

    private const long LeastFreeBytes = 16L << 20;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly WriteGate _gate;
    private readonly StoreEngine _engine;
    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreWatch> _logger;
    private readonly Lock _lock = new();
    private string? _fault;
    private long _faultAt;
    private long _writtenAt;
    private string? _told;

    public StoreWatch(WriteGate gate, StoreConnections connections, DataFolder folder, TimeProvider time, ILogger<StoreWatch> logger)
    {
        (_gate, _engine, _folder, _time, _logger) = (gate, connections.Engine, folder, time, logger);
        _writtenAt = time.GetTimestamp();
        gate.Watch(Note);
    }

    /// <summary>Room that is left where the data folder lies; absent when it cannot be looked at.</summary>
    public long? FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(_folder.Root).AvailableFreeSpace;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Why the store cannot be written, in words; absent when it can. A fault is told until nothing failed for half a minute: on a full disk
    /// small writes still find room.
    /// </summary>
    public string? Fault
    {
        get
        {
            lock (_lock)
            {
                if (_fault is not null && (_faultAt > _writtenAt || _time.GetElapsedTime(_faultAt) < Patience))
                    return _fault;
                TimeSpan since = _time.GetElapsedTime(_writtenAt);
                if (since > Turn + Patience)
                    return $"{_engine.Name}: a write has been waiting for {since.TotalSeconds:0} s";
            }

            return _engine.Lost() ?? FaultOfFolder();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await _gate.WriteAsync(
                    (session, token) => session.Connection.ExecuteAsync(new CommandDefinition(
                        Mark, new { now = session.Now.ToUnixMicroseconds() }, session.Transaction, cancellationToken: token)),
                    stoppingToken).WaitAsync(Patience, _time, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Noted by the gate itself, but for one that still waits.
            }

            Tell(Fault);
        }
    }

    private string? FaultOfFolder() => FreeBytes switch
    {
        null => $"the data folder {_folder.Root} is not there any more, or cannot be looked at: see to its disk",
        < LeastFreeBytes and var free => $"only {free >> 20} MiB are left on the disk of {_folder.Root}: free some",
        _ => null,
    };

    private void Note(WriteTold told)
    {
        lock (_lock)
        {
            if (told.Fault is null)
            {
                _writtenAt = _time.GetTimestamp();
            }
            else if (_engine.FaultIn(told.Fault) is { } fault)
            {
                _fault = $"{_engine.Name} cannot be written: {fault.Message.TrimEnd(' ', '.')}";
                _faultAt = _time.GetTimestamp() + 1;
            }
        }
    }

    private void Tell(string? fault)
    {
        if (fault is not null && _told is null)
            Log.Broken(_logger, fault);
        else if (fault is null && _told is not null)
            Log.Mended(_logger);
        _told = fault;
    }

    private static partial class Log
    {
        [LoggerMessage(1011, LogLevel.Critical, "{Fault}. What agents report is not acknowledged; they keep it and send it again")]
        public static partial void Broken(ILogger logger, string fault);

        [LoggerMessage(1012, LogLevel.Information, "The store can be written again")]
        public static partial void Mended(ILogger logger);
    }
}
