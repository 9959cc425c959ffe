using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Requests;

/// <summary>Tells of quotes whose last day is over, also when nobody looks. Pages and calls do not wait for it: they read the clock themselves.</summary>
internal sealed partial class QuoteExpiry(
    IDbContextFactory<ControllerDbContext> contexts, RequestStory story, TimeProvider time, ILogger<QuoteExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, time);
        do
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (long number in await DueAsync(cancellationToken))
            await story.ChangeAsync(number, RequestActor.Controller, (_, _, _) => Task.FromResult<RequestOutcome.Refused?>(null), cancellationToken);
    }

    private async Task<IReadOnlyList<long>> DueAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<RequestEventRow> events = db.Set<RequestEventRow>();
        IQueryable<long> quoted = events
            .Where(e => e.Step == RequestStep.SendQuote && !events.Any(later => later.RequestNumber == e.RequestNumber && later.EventId > e.EventId))
            .Select(e => e.RequestNumber);
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<StoredRequest> open = await StoredRequest.LoadAsync(
            db, db.Set<RequestRow>().Where(row => quoted.Contains(row.RequestNumber)), cancellationToken);
        return [.. open.Where(request => request.At(now) != request.Status).Select(request => request.Row.RequestNumber)];
    }

    private static partial class Log
    {
        [LoggerMessage(1701, LogLevel.Error, "Looking for quotes that expired failed; tried again in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
