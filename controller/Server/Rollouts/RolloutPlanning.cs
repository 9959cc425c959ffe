using System.Collections.Concurrent;
using HaiSoft.Controller.Ingest;

namespace HaiSoft.Controller.Rollouts;

/// <summary>
/// Has the servers of rollouts make their plans, a few at a time, those that are not there when they are back; and ends rollouts whose
/// window is over. What is left to do is rows: after a restart it goes on.
/// </summary>
internal sealed partial class RolloutPlanning(
    RolloutPlans plans, RolloutWindows windows, AgentStreams streams, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RolloutPlanning> logger)
    : BackgroundService
{
    /// <summary>How many servers make plans at the same time: all fetch from the same repositories.</summary>
    public const int MostAtOnce = 4;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Unplanned, bool> _asked = [];
    private readonly ConcurrentDictionary<Unplanned, DateTimeOffset> _notBefore = [];
    private readonly CancellationToken _stopping = lifetime.ApplicationStopping;
    private volatile TaskCompletionSource _more = NewMore();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // What was planned meanwhile makes room for the next at once.
            TaskCompletionSource more = _more = NewMore();
            try
            {
                await windows.EndAsync(stoppingToken);
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }

            await Task.WhenAny(more.Task, Task.Delay(Turn, time, stoppingToken));
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        IEnumerable<Unplanned> due = (await plans.FindAsync(cancellationToken)).Where(IsDue);
        foreach (Unplanned unplanned in due.Take(MostAtOnce - _asked.Count).ToList())
        {
            _asked[unplanned] = true;
            _ = DraftAsync(unplanned);
        }
    }

    private static TaskCompletionSource NewMore() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsDue(Unplanned unplanned) =>
        !_asked.ContainsKey(unplanned) && streams.IsConnected(unplanned.ServerId)
        && (!_notBefore.TryGetValue(unplanned, out DateTimeOffset rested) || rested <= time.GetUtcNow());

    // Off the turn. What fails is tried again after a rest.
    private async Task DraftAsync(Unplanned unplanned)
    {
        await Task.Yield();
        bool isDone = false;
        try
        {
            isDone = await plans.DraftAsync(unplanned, _stopping);
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            Log.NotDrafted(logger, e, unplanned.Rollout, unplanned.ServerId);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            return;
        }

        if (isDone)
            _notBefore.TryRemove(unplanned, out _);
        else
            _notBefore[unplanned] = time.GetUtcNow() + Rest;
        _asked.TryRemove(unplanned, out _);
        _more.TrySetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(1831, LogLevel.Error, "Looking for servers of rollouts that have no plan failed; tried again in 5 s")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(1832, LogLevel.Error, "Rollout {Rollout}: no operation could be drafted for server {ServerId}; tried again in a minute")]
        public static partial void NotDrafted(ILogger logger, Exception exception, long rollout, string serverId);
    }
}
