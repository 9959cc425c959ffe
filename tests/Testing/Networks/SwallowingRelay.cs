using System.Net;
using System.Net.Sockets;

namespace HaiSoft.Testing.Networks;

/// <summary>
/// A relay of TCP on this machine that can swallow everything from one moment on, in both directions, and closes nothing: what a firewall
/// does that forgot a connection. Connections that come after it relays again.
/// </summary>
public sealed class SwallowingRelay : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _target;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile int _swallowUpTo;
    private int _connections;

    private SwallowingRelay(int target)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(16);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, on the loopback address.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How many connections it took.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Starts one to a port of the loopback address.</summary>
    public static SwallowingRelay To(int port) => new(port);

    /// <summary>Swallows what goes over the connections of now.</summary>
    public void Swallow() => _swallowUpTo = Connections;

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
            _ = RelayAsync(client, Interlocked.Increment(ref _connections));
        }
    }

    private async Task RelayAsync(Socket near, int number)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                await Task.WhenAll(PassAsync(near, far, number), PassAsync(far, near, number));
            }
            catch (Exception end) when (end is SocketException or OperationCanceledException)
            {
                // One end broke, or the test is over: both are closed.
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to, int number)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
        {
            if (number > _swallowUpTo)
            {
                await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }

        if (number > _swallowUpTo)
        {
            to.Shutdown(SocketShutdown.Send);
        }
    }
}
