using System.Net;
using System.Net.Sockets;

namespace HaiSoft.Benchmarks.Programs;

/// <summary>Where a controller listens.</summary>
internal sealed record ControllerPorts(int Agents, int Technicians, int Console)
{
    // Below the range that the system gives to clients (ip_local_port_range): a client that dials a port of that range again and again
    // while nobody listens is, sooner or later, given that very port, and connected to itself.
    private const int Lowest = 20_000;
    private const int Highest = 32_000;

    public static ControllerPorts Free() => new(Next(), Next(), Next());

    public Uri ConsoleAddress => new($"http://127.0.0.1:{Console}/");

    /// <summary>What must answer before the controller is ready.</summary>
    public IEnumerable<Uri> Addresses => [new($"https://127.0.0.1:{Agents}/"), new($"https://127.0.0.1:{Technicians}/"), ConsoleAddress];

    private static int Next()
    {
        int port;
        do
            port = Random.Shared.Next(Lowest, Highest);
        while (!IsFree(port));
        return port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
