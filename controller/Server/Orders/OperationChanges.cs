using System.Collections.Concurrent;
using System.Threading.Channels;

namespace HaiSoft.Controller.Orders;

/// <summary>Tells pages and command lines that an operation changed, once it is durable. What changed they read themselves.</summary>
internal sealed class OperationChanges
{
    private const int Backlog = 256;
    private readonly ConcurrentDictionary<Channel<OperationChange>, Func<OperationChange, bool>> _watchers = [];

    /// <summary>An operation changed. Call it after the commit.</summary>
    public void Touch(long number, string serverId)
    {
        OperationChange change = new(number, serverId);
        foreach ((Channel<OperationChange> watcher, Func<OperationChange, bool> hears) in _watchers)
        {
            if (hears(change))
                watcher.Writer.TryWrite(change);
        }
    }

    /// <summary>A rollout changed: those who watch all operations look again. It is on no one server, so no customer hears of it.</summary>
    public void TouchRollout() => Touch(number: 0, serverId: "");

    /// <summary>Changes of one operation, from now on until it is disposed: several become one.</summary>
    public Watch Of(long number) => Begin(new(1) { FullMode = BoundedChannelFullMode.DropWrite }, change => change.Number == number);

    /// <summary>Changes of all, from now on until it is disposed. A watcher that does not keep up loses the oldest.</summary>
    public Watch OfAll() => Begin(new(Backlog) { FullMode = BoundedChannelFullMode.DropOldest }, _ => true);

    private Watch Begin(BoundedChannelOptions options, Func<OperationChange, bool> hears)
    {
        Channel<OperationChange> channel = Channel.CreateBounded<OperationChange>(options);
        _watchers[channel] = hears;
        return new(channel.Reader, () => _watchers.TryRemove(channel, out _));
    }

    /// <summary>Somebody watches.</summary>
    internal sealed class Watch(ChannelReader<OperationChange> changes, Action end) : IDisposable
    {
        public ChannelReader<OperationChange> Changes { get; } = changes;

        public void Dispose() => end();
    }
}

/// <summary>An operation that changed.</summary>
/// <param name="Number">Its number.</param>
/// <param name="ServerId">The server that it is for.</param>
internal readonly record struct OperationChange(long Number, string ServerId);
