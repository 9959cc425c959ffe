using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>What waits to be written, bounded: when it is full, streams wait.</summary>
internal sealed class IngestQueue(IOptions<IngestOptions> options)
{
    private readonly Channel<IngestItem> _items = Channel.CreateBounded<IngestItem>(
        new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true });

    /// <summary>How many wait.</summary>
    public int Count => _items.Reader.Count;

    /// <summary>What waits, in order.</summary>
    public ChannelReader<IngestItem> Reader => _items.Reader;

    /// <summary>Puts an item in the queue, when there is room.</summary>
    public ValueTask AddAsync(IngestItem item, CancellationToken cancellationToken) => _items.Writer.WriteAsync(item, cancellationToken);
}
