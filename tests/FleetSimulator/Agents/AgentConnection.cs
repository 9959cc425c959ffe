using System.Net.Security;
using System.Net.Sockets;
using Grpc.Net.Client;
using HaiSoft.FleetSimulator.Identities;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>One agent's own TCP connection with mutual TLS, and the channel on it.</summary>
internal sealed class AgentConnection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(60);
    private Socket? _socket;

    /// <summary>Prepares the way; nothing is dialled before the first call.</summary>
    /// <param name="address">The agents' address of the controller.</param>
    /// <param name="context">The agent's certificate.</param>
    /// <param name="authority">The controller's CA.</param>
    public AgentConnection(string address, SslStreamCertificateContext context, Authority authority)
    {
        SocketsHttpHandler handler = new()
        {
            ConnectCallback = DialAsync,
            ConnectTimeout = ConnectTimeout,
            EnableMultipleHttp2Connections = false,
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(8),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseCookies = false,
            UseProxy = false,
            SslOptions = authority.ClientOptions(context),
        };
        Channel = GrpcChannel.ForAddress($"https://{address}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    public GrpcChannel Channel { get; }

    /// <summary>As a network would: the connection is gone, without a word.</summary>
    public void Cut()
    {
        if (_socket is { } socket)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
    }

    public void Dispose() => Channel.Dispose();

    private async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            _socket = socket;
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
