using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HaiSoft.Controller.Ingest;

namespace HaiSoft.Controller.Console.Live;

/// <summary>Tells open pages whose agent came or went. Looks once a second, and only while somebody watches.</summary>
internal sealed class ServerChanges(AgentStreams streams, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Channel<string>, bool> _watchers = [];

    /// <summary>Ids of servers that changed, from now on.</summary>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers.TryAdd(channel, true);
        try
        {
            await foreach (var serverId in channel.Reader.ReadAllAsync(cancellationToken))
                yield return serverId;
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        var before = streams.ConnectedServers();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (_watchers.IsEmpty)
                continue;
            var now = streams.ConnectedServers();
            foreach (var serverId in now.Except(before).Concat(before.Except(now)))
            {
                foreach (var watcher in _watchers.Keys)
                    watcher.Writer.TryWrite(serverId);
            }

            before = now;
        }
    }
}
