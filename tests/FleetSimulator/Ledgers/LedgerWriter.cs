using System.Threading.Channels;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>Keeps the ledger of what was acknowledged in a file, off the agents' way; what is there already stays.</summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private readonly Channel<LedgerEntry> _entries = Channel.CreateUnbounded<LedgerEntry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    public LedgerWriter(string path) => _writing = WriteAllAsync(path);

    public void Write(LedgerEntry entry) => _entries.Writer.TryWrite(entry);

    /// <summary>Writes what is still to be written.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync(string path)
    {
        await using StreamWriter writer = new(path, append: true);
        while (await _entries.Reader.WaitToReadAsync())
        {
            while (_entries.Reader.TryRead(out LedgerEntry? entry))
                await writer.WriteLineAsync(entry.ToString());
            await writer.FlushAsync();
        }
    }
}
