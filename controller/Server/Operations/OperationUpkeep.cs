using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Operations;

/// <summary>Lets go of plans 30 days after their last use, and of output 30 days after it came.</summary>
internal sealed partial class OperationUpkeep(WriteGate gate, TimeProvider time, ILogger<OperationUpkeep> logger) : BackgroundService
{
    /// <summary>How long both are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan Turn = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, time);
        do
        {
            try
            {
                await LetGoAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Lets go of what is older.</summary>
    public Task LetGoAsync(CancellationToken cancellationToken) => gate.WriteAsync(
        async (session, token) =>
        {
            DateTimeOffset before = session.Now - Kept;
            await session.Db.Set<PlanRow>()
                .Where(plan => plan.LastUsedTime < before
                    && !session.Db.Set<OperationRow>().Any(row => row.PlanHash == plan.PlanHash && OperationLife.Open.Contains(row.State)))
                .ExecuteDeleteAsync(token);
            byte[] nothing = [];
            await session.Db.Set<OperationEntryRow>()
                .Where(entry => entry.IsOutput && entry.ReceivedTime < before && entry.Content != nothing)
                .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Content, nothing), token);
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1821, LogLevel.Error, "Letting go of old plans and output failed; tried again in an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
