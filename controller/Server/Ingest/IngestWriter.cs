using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// The one writer of reports: takes what waits, commits it in one transaction, then tells each stream that its reports are
/// durable. While one batch is being committed the next one gathers; there is no waiting besides.
/// </summary>
internal sealed partial class IngestWriter(IngestQueue queue, WriteGate gate, ReportTaking taking, ILogger<IngestWriter> logger)
    : BackgroundService
{
    // Bounds the time that one transaction holds the gate.
    private const int LargestBatch = 2000;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<IngestItem> batch = [];
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            int reports = 0;
            while (reports < LargestBatch && queue.Reader.TryRead(out IngestItem? item))
            {
                batch.Add(item);
                reports += item.Reports.Count;
            }

            await WriteAsync(batch);
            batch.Clear();
        }
    }

    // What is read off the queue is written, also while the controller stops.
    private async Task WriteAsync(List<IngestItem> batch)
    {
        try
        {
            await CommitAsync(batch);
        }
        catch (Exception e) when (batch.Count > 1)
        {
            // One item spoils the batch, or the disk does: each for itself tells which.
            Log.BatchFailed(logger, e, batch.Count);
            foreach (IngestItem item in batch)
                await WriteAsync([item]);
        }
        catch (Exception e)
        {
            Log.ItemFailed(logger, e, batch[0].ServerId, batch[0].Reports[0].Sequence, batch[0].Reports[^1].Sequence);
            batch[0].Durable.TrySetException(e);
        }
    }

    private async Task CommitAsync(List<IngestItem> batch)
    {
        IngestResult[] results = await gate.WriteAsync(
            async (session, token) =>
            {
                IngestResult[] taken = new IngestResult[batch.Count];
                for (int i = 0; i < taken.Length; i++)
                    taken[i] = await taking.TakeAsync(session, batch[i], token);
                return taken;
            },
            CancellationToken.None);
        for (int i = 0; i < results.Length; i++)
            batch[i].Durable.TrySetResult(results[i]);
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Error, "A batch of {Count} items could not be written; each is tried alone")]
        public static partial void BatchFailed(ILogger logger, Exception exception, int count);

        [LoggerMessage(1502, LogLevel.Error, "Reports {First} to {Last} of server {ServerId} could not be written")]
        public static partial void ItemFailed(ILogger logger, Exception exception, string serverId, long first, long last);
    }
}
