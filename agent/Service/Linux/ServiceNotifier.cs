using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace HaiSoft.Agent.Linux;

/// <summary>
/// Tells systemd how the daemon is, by the protocol of <c>sd_notify(3)</c>: datagrams to the socket that
/// <c>NOTIFY_SOCKET</c> names. Without systemd it tells nobody, and nothing fails.
/// </summary>
internal sealed class ServiceNotifier : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _address;

    public ServiceNotifier(string? notifySocket, string? watchdogMicroseconds)
    {
        if (string.IsNullOrEmpty(notifySocket))
        {
            return;
        }

        // A leading @ is how systemd writes a name of the abstract space, which begins with a zero byte.
        _address = new UnixDomainSocketEndPoint(notifySocket[0] == '@' ? string.Concat("\0", notifySocket.AsSpan(1)) : notifySocket);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        if (long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0)
        {
            WatchdogInterval = TimeSpan.FromMicroseconds(microseconds);
        }
    }

    /// <summary>Within which time systemd wants to hear <see cref="KeepAlive"/>; <c>null</c> when it watches nothing.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>The notifier of this process' environment.</summary>
    public static ServiceNotifier FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), Environment.GetEnvironmentVariable("WATCHDOG_USEC"));

    /// <summary>The daemon serves.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>The daemon is alive.</summary>
    public void KeepAlive() => Send("WATCHDOG=1");

    /// <summary>The daemon ends.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>One line for <c>systemctl status</c>.</summary>
    public void Status(string line) => Send("STATUS=" + line.ReplaceLineEndings(" "));

    public void Dispose() => _socket?.Dispose();

    private void Send(string message)
    {
        if (_socket is null)
        {
            return;
        }

        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(message), _address!);
        }
        catch (SocketException)
        {
            // systemd restarts what it does not hear of; there is nobody else to tell.
        }
    }
}
