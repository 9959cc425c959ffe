using System.Globalization;
using System.Net.Sockets;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>The socket that systemd hands over (sd_listen_fds(3)): descriptor 3.</summary>
internal static class ActivatedSocket
{
    private const int FirstDescriptor = 3;

    public static Socket Take()
    {
        var process = Environment.GetEnvironmentVariable("LISTEN_PID");
        var count = Environment.GetEnvironmentVariable("LISTEN_FDS");
        if (process != Environment.ProcessId.ToString(CultureInfo.InvariantCulture) || count != "1")
            throw new ListeningException(
                "systemd handed over no socket: start its unit for sockets (haisoft-helper.socket, haisoft-plan.socket, haisoft-run.socket), or run the helper by hand with --socket PATH --peer-uid UID");
        // What the helper starts must not believe that the socket is its own.
        Environment.SetEnvironmentVariable("LISTEN_PID", null);
        Environment.SetEnvironmentVariable("LISTEN_FDS", null);
        Environment.SetEnvironmentVariable("LISTEN_FDNAMES", null);
        try
        {
            return new Socket(new SafeSocketHandle(FirstDescriptor, ownsHandle: true));
        }
        catch (SocketException ex)
        {
            throw new ListeningException($"what systemd handed over is no socket: {ex.Message}", ex);
        }
    }
}
