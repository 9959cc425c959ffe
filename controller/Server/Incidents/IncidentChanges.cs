using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Incidents;

/// <summary>Tells pages and command lines of every change to an incident, once it is durable.</summary>
public sealed partial class IncidentChanges(
    IDbContextFactory<ControllerDbContext> contexts, TimeProvider time, ILogger<IncidentChanges> logger) : BackgroundService
{
    private const int Backlog = 256;
    private readonly Channel<long> _touched = Channel.CreateUnbounded<long>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<Channel<IncidentView>, bool> _watchers = [];

    /// <summary>
    /// Incidents as they change, from now on, each whole. A watcher that does not keep up loses the oldest changes, never
    /// the newest of an incident that changes again.
    /// </summary>
    public async IAsyncEnumerable<IncidentView> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<IncidentView> channel =
            Channel.CreateBounded<IncidentView>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers.TryAdd(channel, true);
        try
        {
            await foreach (IncidentView incident in channel.Reader.ReadAllAsync(cancellationToken))
                yield return incident;
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }

    /// <summary>An incident changed, or one of its clocks passed its due time. Call it after the commit.</summary>
    internal void Touch(long number) => _touched.Writer.TryWrite(number);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _touched.Reader.WaitToReadAsync(stoppingToken))
        {
            HashSet<long> numbers = [];
            while (numbers.Count < Backlog && _touched.Reader.TryRead(out long number))
                numbers.Add(number);
            if (!_watchers.IsEmpty)
                await TellAsync(numbers, stoppingToken);
        }
    }

    private async Task TellAsync(HashSet<long> numbers, CancellationToken cancellationToken)
    {
        try
        {
            await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            IQueryable<IncidentRow> query = db.Set<IncidentRow>().Where(row => numbers.Contains(row.IncidentNumber));
            foreach (IncidentView incident in await IncidentViews.LoadAsync(db, query, time.GetUtcNow(), cancellationToken))
            {
                foreach (Channel<IncidentView> watcher in _watchers.Keys)
                    watcher.Writer.TryWrite(incident);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotTold(logger, e, numbers.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Error, "{Count} changed incidents could not be told to watchers")]
        public static partial void NotTold(ILogger logger, Exception exception, int count);
    }
}
