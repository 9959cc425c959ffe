using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace HaiSoft.Agent.Identity;

/// <summary>
/// A gRPC channel to the controller over one TLS connection. Pings make a half-open connection dead after 30 s (DESIGN 3).
/// </summary>
internal sealed class ControllerChannel : IDisposable
{
    // The handler looks at both every quarter of the shorter one: 15 + 2 + 8 + 2 s at most.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(8);

    // With the handshake, which waits for its turn where a whole fleet comes back.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(45);

    // An offer of roots and a catalogue is the longest that a controller says: 16 times 256 KiB, and 1 MiB.
    private const int LongestMessage = 6 << 20;
    private readonly X509Certificate2? _certificate;

    private ControllerChannel(ControllerAddress address, ControllerTrust trust, X509Certificate2? certificate)
    {
        Trust = trust;
        _certificate = certificate;
        SslClientAuthenticationOptions tls = new()
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowTlsResume = false, // a renewed certificate is shown from then on
            RemoteCertificateValidationCallback = trust.Validate,
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
        };
        SocketsHttpHandler handler = new()
        {
            SslOptions = tls,
            ConnectTimeout = ConnectTimeout,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            KeepAlivePingDelay = PingAfter,
            KeepAlivePingTimeout = PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        Channel = GrpcChannel.ForAddress(
            address.Uri, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = LongestMessage });
    }

    /// <summary>For generated clients.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>Why a handshake failed.</summary>
    public ControllerTrust Trust { get; }

    /// <summary>A channel for enrolment: no identity yet, the controller known by its CA's hash.</summary>
    public static ControllerChannel Pinned(ControllerAddress address, ReadOnlyMemory<byte> caSha256, TimeProvider time) =>
        new(address, ControllerTrust.ByHash(caSha256, time), null);

    /// <summary>A channel with mutual TLS.</summary>
    public static ControllerChannel Of(AgentIdentity identity, TimeProvider time) =>
        new(identity.Address, ControllerTrust.ByAuthorities(identity.LoadAuthorities(), time), identity.LoadCertificate());

    public void Dispose()
    {
        Channel.Dispose();
        _certificate?.Dispose();
    }
}
