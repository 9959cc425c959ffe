using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>Who is at the other end of a UNIX socket, as the kernel says it (unix(7), SO_PEERCRED).</summary>
internal static class PeerCredentials
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <summary>The peer's user at the time that it connected; absent when the kernel does not tell, and then nobody is served.</summary>
    public static uint? UserOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12]; // struct ucred: pid, uid, gid
        try
        {
            return socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials) == credentials.Length
                ? MemoryMarshal.Read<uint>(credentials[4..])
                : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
