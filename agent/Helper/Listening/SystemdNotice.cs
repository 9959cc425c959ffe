using System.Net.Sockets;
using System.Text;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>Tells systemd how the helper is (sd_notify(3)). Without systemd it tells nobody, and nothing fails.</summary>
internal static class SystemdNotice
{
    public static void Send(string notice)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // A leading @ is how systemd writes a name of the abstract space, which begins with a zero byte.
            socket.SendTo(Encoding.UTF8.GetBytes(notice), new UnixDomainSocketEndPoint(path[0] == '@' ? string.Concat("\0", path.AsSpan(1)) : path));
        }
        catch (SocketException)
        {
            // systemd restarts what it does not hear of; there is nobody else to tell.
        }
    }
}
