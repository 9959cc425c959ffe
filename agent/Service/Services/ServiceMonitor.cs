using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Readings.Services;
using HaiSoft.Agent.Spool;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Checks all services in rounds (DOMAIN 4.1), repeats what failed within 30 s (DOMAIN 4.6), and looks in between
/// whether a unit's process ended.
/// </summary>
internal sealed partial class ServiceMonitor(
    ServiceCatalogue catalogue,
    Discovery discovery,
    CheckRunner runner,
    UnitWatch watch,
    ServicesOptions options,
    AgentClock clock,
    Outbox outbox,
    ResyncSignal resync,
    Liveness liveness,
    ILogger<ServiceMonitor> logger)
    : BackgroundService
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);
    private readonly RepeatPlan _plan = new(options.RepeatAfter, clock.Time);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the next round now.</summary>
    public void Hurry() => _hurry.TrySetResult();

    /// <summary>Checks one service now and reports it.</summary>
    /// <returns>What was seen; <c>null</c> when there is no such service.</returns>
    public async Task<ServiceCheck?> CheckNowAsync(string serviceId, CancellationToken cancellationToken)
    {
        foreach (ServiceDefinition service in catalogue.List())
        {
            if (service.ServiceId == serviceId)
            {
                return (await CheckAsync([service], cancellationToken))[0];
            }
        }

        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Liveness.Pulse pulse = liveness.Register("services", LongestSilence);
        Task again = resync.Next;
        long lastRound = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            pulse.Beat();
            Task hurry = _hurry.Task;
            if (lastRound == 0 || clock.Time.GetElapsedTime(lastRound) >= catalogue.Interval || hurry.IsCompleted || again.IsCompleted)
            {
                lastRound = Math.Max(1, clock.Time.GetTimestamp());
                again = resync.Next;
                if (hurry.IsCompleted)
                {
                    _hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                await RoundAsync(stoppingToken);
            }
            else
            {
                await RepeatAsync(stoppingToken);
            }

            await Task.WhenAny(Task.Delay(NextWait(), clock.Time, stoppingToken), _hurry.Task, again);
        }

        pulse.End();
    }

    private TimeSpan NextWait() =>
        _plan.NextDue() is { } due && due < WatchInterval ? (due > TimeSpan.Zero ? due : TimeSpan.FromMilliseconds(1)) : WatchInterval;

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Moment begun = clock.Now();
            IReadOnlyList<string> known = options.Discover ? KnownServices.Names : [];
            Systemctl.Answer units = await runner.ReadUnitsAsync(catalogue.List(), known, cancellationToken);
            if (options.Discover)
            {
                discovery.Look(units.Units);
            }

            IReadOnlyList<ServiceDefinition> services = catalogue.List();
            IReadOnlyList<ServiceCheck> checks = await runner.RunAsync(services, units, cancellationToken);
            _plan.Keep(services.Select(service => service.ServiceId).ToHashSet(StringComparer.Ordinal));
            Report(begun, checks, complete: true);
            Log.Round(logger, checks.Count);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RepeatAsync(CancellationToken cancellationToken)
    {
        HashSet<string> wanted = new(watch.TakeChanged(), StringComparer.Ordinal);
        wanted.UnionWith(_plan.TakeDue());
        if (wanted.Count > 0)
        {
            List<ServiceDefinition> services = [];
            foreach (ServiceDefinition service in catalogue.List())
            {
                if (wanted.Contains(service.ServiceId))
                {
                    services.Add(service);
                }
            }

            await CheckAsync(services, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ServiceCheck>> CheckAsync(IReadOnlyList<ServiceDefinition> services, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Moment begun = clock.Now();
            IReadOnlyList<ServiceCheck> checks = await runner.RunAsync(services, cancellationToken);
            if (checks.Count > 0)
            {
                Report(begun, checks, complete: false);
            }

            return checks;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Report(Moment begun, IReadOnlyList<ServiceCheck> checks, bool complete)
    {
        var urgent = false;
        foreach (ServiceCheck check in checks)
        {
            urgent |= _plan.Take(check);
        }

        ServiceRound round = new(catalogue.ConfigurationVersion, checks, complete, catalogue.Interval);
        outbox.Submit(new ServicesObserved(begun, round), urgent ? Priority.Urgent : Priority.Ordinary);
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Debug, "{Count} services were checked.")]
        public static partial void Round(ILogger logger, int count);
    }
}
