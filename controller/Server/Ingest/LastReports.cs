using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Notes each minute when agents were last heard, so that a controller that was killed knows it, too. The end of a stream notes it anyway.
/// </summary>
internal sealed partial class LastReports(AgentStreams streams, WriteGate gate, TimeProvider time, ILogger<LastReports> logger) : BackgroundService
{
    // Bounds the time that one transaction holds the gate.
    private const int Portion = 500;
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await NoteAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
    }

    /// <summary>Notes those that were heard since the last time.</summary>
    internal async Task NoteAsync(CancellationToken cancellationToken)
    {
        var heard = streams.All()
            .Select(stream => (Stream: stream, At: stream.LastReportAt))
            .Where(one => one.At > (one.Stream.NotedReportAt ?? DateTimeOffset.MinValue));
        foreach ((AgentStream Stream, DateTimeOffset? At)[] some in heard.Chunk(Portion))
        {
            await gate.WriteAsync(
                (session, _) =>
                {
                    foreach ((AgentStream stream, DateTimeOffset? at) in some)
                        LinkTable.Heard(session, stream.ServerId, at!.Value);
                    return Task.CompletedTask;
                },
                cancellationToken);
            foreach ((AgentStream stream, DateTimeOffset? at) in some)
                stream.NotedReportAt = at;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1551, LogLevel.Error, "Noting when agents were last heard failed; tried again in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
