using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>Forgets, each hour, what nobody needs any more: urgent reports that were spooled long since, reports that were set aside, old epochs.</summary>
internal sealed partial class IngestUpkeep(WriteGate gate, SpoolPositions positions, TimeProvider time, ILogger<IngestUpkeep> logger) : BackgroundService
{
    /// <summary>Agents keep findings for 7 days (DESIGN 3): an urgent report's spooled copy comes within that, or never.</summary>
    public static readonly TimeSpan UrgentKept = TimeSpan.FromDays(14);

    /// <summary>How long reports that were set aside stay.</summary>
    public static readonly TimeSpan SetAsideKept = TimeSpan.FromDays(90);

    /// <summary>Agents keep what is acknowledged for 7 days at most (DESIGN 3): an epoch without reports for longer has none to send again.</summary>
    public static readonly TimeSpan EpochKept = TimeSpan.FromDays(14);

    private static readonly TimeSpan Turn = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
    }

    /// <summary>Forgets once.</summary>
    internal async Task ForgetAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> crowded = await gate.WriteAsync(
            (session, _) =>
            {
                SpoolTable.ForgetUrgent(session, session.Now - UrgentKept);
                QuarantineTable.ForgetBefore(session, session.Now - SetAsideKept);
                return Task.FromResult(EpochTable.Crowded(session));
            },
            cancellationToken);
        foreach (string serverId in crowded)
        {
            while (await ForgetEpochsAsync(serverId, cancellationToken))
            {
            }
        }
    }

    // Some at a time: agents' reports go between.
    private Task<bool> ForgetEpochsAsync(string serverId, CancellationToken cancellationToken) => gate.WriteAsync(
        (session, _) => Task.FromResult(EpochTable.Forget(session, serverId, session.Now - EpochKept, positions)), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1541, LogLevel.Error, "Forgetting what is old failed; tried again in an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
