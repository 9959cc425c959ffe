using System.Net;
using System.Net.Sockets;

namespace HaiSoft.Testing.Networks;

/// <summary>A TCP port of the loopback address that nothing listens on.</summary>
public static class FreePort
{
    /// <summary>Asks the system for one. Programs that can take port 0 and say which they got should do that instead.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
