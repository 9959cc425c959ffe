using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace HaiSoft.Testing.Networks;

/// <summary>
/// A relay of TCP that lets every byte take its time, as a far satellite would: what netem does, which not every kernel has. Nothing is lost
/// in it, and an end that closes is told to the other.
/// </summary>
public sealed class SlowRelay : IAsyncDisposable
{
    private readonly NetworkNamespace _network;
    private readonly Socket _listener;
    private readonly (string Address, int Port) _target;
    private readonly TimeSpan _delay;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    private SlowRelay(NetworkNamespace network, Socket listener, (string Address, int Port) target, TimeSpan delay)
    {
        _network = network;
        _listener = listener;
        _target = target;
        _delay = delay;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Starts one on a free port of the address that it relays to.</summary>
    /// <param name="delay">In each direction.</param>
    public static async Task<SlowRelay> StartAsync(NetworkNamespace network, string address, int port, TimeSpan delay, CancellationToken cancellationToken)
    {
        var listener = await network.OpenAsync(cancellationToken);
        listener.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        listener.Listen(1024);
        return new SlowRelay(network, listener, (address, port), delay);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptAsync(_end.Token);
            _ = RelayAsync(client, _end.Token);
        }
    }

    private async Task RelayAsync(Socket client, CancellationToken cancellationToken)
    {
        using var near = new NetworkStream(client, ownsSocket: true);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await using var far = await _network.ConnectAsync(_target.Address, _target.Port, broken.Token);
            await Task.WhenAny(PassAsync(near, far, broken.Token), PassAsync(far, near, broken.Token));
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
        {
            // One end is gone: the other is closed with it.
        }

        await broken.CancelAsync();
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        // 256 reads under way bound what a fast sender may have in here.
        var underWay = Channel.CreateBounded<(long Read, byte[] Bytes)>(256);
        var reading = ReadAsync(from, underWay.Writer, cancellationToken);
        await foreach (var (read, bytes) in underWay.Reader.ReadAllAsync(cancellationToken))
        {
            var left = _delay - TimeProvider.System.GetElapsedTime(read);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, TimeProvider.System, cancellationToken);
            }

            await to.WriteAsync(bytes, cancellationToken);
        }

        await reading;
    }

    private static async Task ReadAsync(NetworkStream from, ChannelWriter<(long Read, byte[] Bytes)> underWay, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await underWay.WriteAsync((TimeProvider.System.GetTimestamp(), buffer[..count]), cancellationToken);
            }
        }
        finally
        {
            underWay.Complete();
        }
    }
}
