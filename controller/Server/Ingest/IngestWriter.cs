using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// The one writer of what agents send: takes what waits, commits it in one transaction, then tells each stream that its reports are
/// durable. While one batch is being committed the next one gathers; there is no waiting besides.
/// </summary>
internal sealed partial class IngestWriter(IngestQueue queue, WriteGate gate, IngestMetrics metrics, ILogger<IngestWriter> logger) : BackgroundService
{
    // Bounds the time that one transaction holds the gate.
    private const int LargestBatch = 2000;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<StreamWork> batch = [];
        while (true)
        {
            await queue.WaitAsync(stoppingToken);
            queue.Take(batch, LargestBatch);
            await WriteAsync(batch);
            batch.Clear();
        }
    }

    // What is read off the queue is written, also while the controller stops.
    private async Task WriteAsync(List<StreamWork> batch)
    {
        foreach (StreamWork work in batch.Where(work => work.FollowsLost))
            work.GiveUp(new IOException("What came before on this stream could not be stored."));
        batch.RemoveAll(work => work.FollowsLost);
        if (batch.Count == 0)
            return;
        try
        {
            await CommitAsync(batch);
        }
        catch (Exception e) when (batch.Count > 1)
        {
            // One work spoils the batch, or the disk does: each for itself tells which.
            Log.BatchFailed(logger, e, batch.Count);
            foreach (StreamWork work in batch)
                await WriteAsync([work]);
        }
        catch (Exception e)
        {
            Log.WorkFailed(logger, e, batch[0].Stream.ServerId);
            batch[0].GiveUp(e);
        }
    }

    private async Task CommitAsync(List<StreamWork> batch)
    {
        try
        {
            await gate.WriteAsync(
                async (session, token) =>
                {
                    foreach (StreamWork work in batch)
                        await work.ApplyAsync(session, token);
                },
                CancellationToken.None);
        }
        catch
        {
            foreach (StreamWork work in batch)
                work.Stream.Position?.Forget();
            throw;
        }

        metrics.Committed(batch);
        foreach (StreamWork work in batch)
        {
            work.Stream.Position?.Keep();
            work.Tell();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Error, "A batch of {Count} works could not be written; each is tried alone")]
        public static partial void BatchFailed(ILogger logger, Exception exception, int count);

        [LoggerMessage(1502, LogLevel.Error, "What the agent of server {ServerId} sent could not be written")]
        public static partial void WorkFailed(ILogger logger, Exception exception, string serverId);
    }
}
