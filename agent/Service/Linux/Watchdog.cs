using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent.Linux;

/// <summary>Feeds systemd's watchdog, at half of its interval, while every main loop turns.</summary>
internal sealed partial class Watchdog(ServiceNotifier notifier, Liveness liveness, TimeProvider time, ILogger<Watchdog> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (notifier.WatchdogInterval is not { } interval)
        {
            return;
        }

        using PeriodicTimer timer = new(interval / 2, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (liveness.FindSilent() is { } loop)
            {
                Log.LoopSilent(logger, loop);
            }
            else
            {
                notifier.KeepAlive();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Critical, "The loop '{Loop}' does not turn any more; systemd is not fed and will restart the agent.")]
        public static partial void LoopSilent(ILogger logger, string loop);
    }
}
