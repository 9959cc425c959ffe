using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Incidents;

/// <summary>Tells of an incident at the instant at which one of its clocks passes its due time, so that pages turn by themselves.</summary>
internal sealed partial class DueWatch(
    IDbContextFactory<ControllerDbContext> contexts, IncidentChanges changes, TimeProvider time, ILogger<DueWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Reload = TimeSpan.FromMinutes(1);
    private readonly Dictionary<long, DateTimeOffset> _due = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Task.WhenAll(FollowAsync(stoppingToken), WatchAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (IncidentView incident in changes.WatchAsync(cancellationToken))
            Note(incident);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Turn, time);
        DateTimeOffset reloadAt = time.GetUtcNow();
        do
        {
            try
            {
                DateTimeOffset now = time.GetUtcNow();
                foreach (long number in TakeDue(now))
                    changes.Touch(number);

                if (now >= reloadAt)
                {
                    await LoadAsync(now, cancellationToken);
                    reloadAt = now + Reload;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task LoadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<IncidentRow> open = db.Set<IncidentRow>().Where(row => row.State != IncidentState.Resolved);
        foreach (IncidentView incident in await IncidentViews.LoadAsync(db, open, now, cancellationToken))
            Note(incident);
    }

    private void Note(IncidentView incident)
    {
        lock (_lock)
        {
            if (incident.NextBreachAt is { } due)
                _due[incident.Number] = due;
            else
                _due.Remove(incident.Number);
        }
    }

    private long[] TakeDue(DateTimeOffset now)
    {
        lock (_lock)
        {
            long[] due = [.. _due.Where(pair => pair.Value < now).Select(pair => pair.Key)];
            foreach (long number in due)
                _due.Remove(number);
            return due;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1411, LogLevel.Error, "Looking for clocks that are due failed; tried again in 1 s")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
