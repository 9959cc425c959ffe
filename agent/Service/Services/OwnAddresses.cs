using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace HaiSoft.Agent.Services;

/// <summary>Connects to the server itself and to nothing else: loopback first, then its own addresses.</summary>
internal static class OwnAddresses
{
    private const int MaximumAddresses = 16;

    /// <summary>An open connection to a port of this server, on the first of its addresses that takes it.</summary>
    /// <exception cref="SocketException">None does; it tells what the loopback said.</exception>
    public static async Task<Socket> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        SocketException? first = null;
        foreach (IPAddress address in List())
        {
            Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return socket;
            }
            catch (SocketException error)
            {
                socket.Dispose();
                first ??= error;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }

        throw first ?? new SocketException((int)SocketError.HostUnreachable);
    }

    private static List<IPAddress> List()
    {
        List<IPAddress> addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback];
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
        {
            foreach (UnicastIPAddressInformation unicast in network.GetIPProperties().UnicastAddresses)
            {
                if (addresses.Count < MaximumAddresses && !IPAddress.IsLoopback(unicast.Address) && !unicast.Address.IsIPv6LinkLocal)
                {
                    addresses.Add(unicast.Address);
                }
            }
        }

        return addresses;
    }
}
