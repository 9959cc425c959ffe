using System.Diagnostics;
using Grpc.Core;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// The one writer of what agents send: takes what waits, commits it in one transaction, then tells each stream that its reports are
/// durable. While one batch is being committed the next one gathers, and what is not urgent gathers for some milliseconds more: a commit
/// costs many times what a report in it does. While the store fails nothing is acknowledged and nothing given up: the batch is tried again.
/// </summary>
internal sealed partial class IngestWriter(
    IngestQueue queue, WriteGate gate, StoreConnections store, IngestMetrics metrics, TimeProvider time, ILogger<IngestWriter> logger)
    : BackgroundService
{
    private const int LargestBatch = 2000;

    // A transaction is not made longer than that, but by its last work: others wait for the gate, and what is not committed when the
    // database is killed is to do again.
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenCommits = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<StreamWork> batch = [];
        long committed = 0;
        while (true)
        {
            await queue.WaitAsync(stoppingToken);
            if (BetweenCommits - Stopwatch.GetElapsedTime(committed) is var left && left > TimeSpan.Zero)
                await queue.GatherAsync(left, stoppingToken);
            queue.Take(batch, LargestBatch);
            await WriteAsync(batch, stoppingToken);
            batch.Clear();
            committed = Stopwatch.GetTimestamp();
        }
    }

    // What is read off the queue is written, also while the controller stops.
    private async Task WriteAsync(List<StreamWork> batch, CancellationToken stoppingToken)
    {
        foreach (StreamWork work in batch.Where(work => work.FollowsLost))
            work.GiveUp(new IOException("What came before on this stream could not be stored."));
        batch.RemoveAll(work => work.FollowsLost);
        try
        {
            while (batch.Count > 0)
                batch.RemoveRange(0, await CommitAsync(batch, stoppingToken));
        }
        catch (Exception e) when (IsOfStore(e))
        {
            Log.StoppedBeforeStored(logger, e, batch.Count);
            batch.ForEach(work => work.GiveUp(e));
        }
        catch (Exception e)
        {
            Log.Refused(logger, e, batch.Count, batch[0].Stream.ServerId);
            IReadOnlyList<StreamWork> next = batch.Count > 1 ? [.. batch] : batch[0].AfterRefusal(e);
            if (next.Count == 0)
                batch[0].GiveUp(e);
            foreach (StreamWork work in next)
                await WriteAsync([work], stoppingToken);
        }
    }

    // Until as much as goes into one transaction is stored, or cannot be, or the controller stops. How much that was.
    private async Task<int> CommitAsync(List<StreamWork> batch, CancellationToken stoppingToken)
    {
        TimeSpan rest = FirstRest;
        while (true)
        {
            try
            {
                return await CommitOnceAsync(batch);
            }
            catch (Exception e) when (IsOfStore(e) && !stoppingToken.IsCancellationRequested)
            {
                Log.StoreFails(logger, e, batch.Count, rest);
            }

            await Task.Delay(rest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
        }
    }

    private async Task<int> CommitOnceAsync(List<StreamWork> batch)
    {
        int done = 0;
        try
        {
            await gate.WriteAsync(
                async (session, token) =>
                {
                    long begun = time.GetTimestamp();
                    while (done == 0 || (done < batch.Count && time.GetElapsedTime(begun) < LongestTransaction))
                        await batch[done++].ApplyAsync(session, token);
                },
                CancellationToken.None);
        }
        catch
        {
            foreach (StreamWork work in batch)
                work.Stream.Position?.Forget();
            throw;
        }

        List<StreamWork> committed = batch.GetRange(0, done);
        metrics.Committed(committed);
        foreach (StreamWork work in committed)
        {
            work.Stream.Position?.Keep();
            Tell(work);
        }

        return done;
    }

    // What is durable is never tried again, whatever becomes of telling it: those before it would be told twice.
    private void Tell(StreamWork work)
    {
        try
        {
            work.Tell();
        }
        catch (Exception e)
        {
            Log.NotTold(logger, e, work.Stream.ServerId);
            work.Stream.End(new(StatusCode.Internal, "The controller stored what the agent sent and could not say so; its log says why. Dial again."));
        }
    }

    // Otherwise it is the work itself that cannot be stored, however often it is tried.
    private bool IsOfStore(Exception failure) => failure switch
    {
        DbUpdateException { InnerException: { } inner } => IsOfStore(inner),
        IOException or TimeoutException or OperationCanceledException or OutOfMemoryException or ObjectDisposedException => true,
        _ => store.Engine.FaultIn(failure) is not null,
    };

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Error, "A batch of {Count} works, the first one of server {ServerId}, could not be stored; each is tried alone")]
        public static partial void Refused(ILogger logger, Exception exception, int count, string serverId);

        [LoggerMessage(1502, LogLevel.Error, "{Count} works were not stored before the controller stopped; agents send them again")]
        public static partial void StoppedBeforeStored(ILogger logger, Exception exception, int count);

        [LoggerMessage(1503, LogLevel.Error, "The store failed; {Count} works wait and are tried again in {Rest}, nothing is acknowledged meanwhile")]
        public static partial void StoreFails(ILogger logger, Exception exception, int count, TimeSpan rest);

        [LoggerMessage(1504, LogLevel.Error, "What server {ServerId} sent is stored, but its agent could not be told; its stream ends, the next one goes on")]
        public static partial void NotTold(ILogger logger, Exception exception, string serverId);
    }
}
