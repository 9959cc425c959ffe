using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>Forgets, each hour, what nobody needs any more: urgent reports that were spooled long since, reports that were set aside.</summary>
internal sealed partial class IngestUpkeep(WriteGate gate, TimeProvider time, ILogger<IngestUpkeep> logger) : BackgroundService
{
    /// <summary>Agents keep findings for 7 days (DESIGN 3): an urgent report's spooled copy comes within that, or never.</summary>
    public static readonly TimeSpan UrgentKept = TimeSpan.FromDays(14);

    /// <summary>How long reports that were set aside stay.</summary>
    public static readonly TimeSpan SetAsideKept = TimeSpan.FromDays(90);

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
    internal Task ForgetAsync(CancellationToken cancellationToken) => gate.WriteAsync(
        (session, _) =>
        {
            SpoolTable.ForgetUrgent(session, session.Now - UrgentKept);
            QuarantineTable.ForgetBefore(session, session.Now - SetAsideKept);
            return Task.CompletedTask;
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1541, LogLevel.Error, "Forgetting what is old failed; tried again in an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
