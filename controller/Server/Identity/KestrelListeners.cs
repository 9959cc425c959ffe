using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Controller.Listeners;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Identity;

/// <summary>Opens the three ports: agents with an optional client certificate (enrolment has none yet), technicians, console.</summary>
internal sealed class KestrelListeners(
    IOptions<ListenerOptions> options,
    CertificateAuthority authority,
    ServerCertificate certificate,
    BoundPorts ports,
    HandshakeTurns turns,
    IdleConnections idle)
    : IConfigureOptions<KestrelServerOptions>
{
    // A dead peer is noticed within 30 s: DESIGN 3. Later than an agent's own pings, so that one that lives is not asked besides.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(18);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.Http2.KeepAlivePingDelay = PingAfter;
        kestrel.Limits.Http2.KeepAlivePingTimeout = PingTimeout;
        Listen(kestrel, ListenerKind.Agents, options.Value.Agents, HttpProtocols.Http1AndHttp2, AgentsTls);
        Listen(kestrel, ListenerKind.Technicians, options.Value.Technicians, HttpProtocols.Http1AndHttp2, Tls);
        ConsoleAddress console = options.Value.Console;
        Listen(
            kestrel,
            ListenerKind.Console,
            console.Endpoint,
            console.Tls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1,
            console.Tls ? Tls : null);
    }

    private void Listen(
        KestrelServerOptions kestrel,
        ListenerKind kind,
        IPEndPoint endpoint,
        HttpProtocols protocols,
        Func<ConnectionContext, SslServerAuthenticationOptions>? tls) =>
        kestrel.Listen(endpoint, listen =>
        {
            listen.Protocols = protocols;
            ListenerTag tag = new(kind);
            listen.Use(next => connection =>
            {
                connection.Features.Set(tag);
                return next(connection);
            });
            if (tls is not null)
            {
                if (kind == ListenerKind.Agents)
                    listen.Use(turns.Begin);
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = context => ValueTask.FromResult(tls(context.Connection)) });
                listen.Use(next => connection =>
                {
                    HandshakeTurns.End(connection);
                    TlsBuffers.ReleaseWhenIdle(connection);
                    return next(connection);
                });
                listen.Use(next => idle.Watch(next, PeerChain.AgentOf));
            }

            ports.Keep(kind, listen);
        });

    // Asked for each connection, so that a renewed certificate is shown from then on. Sessions may be resumed: without that the runtime makes
    // each connection a TLS context of its own, of 10 kB. Who resumes one is judged by the certificate that it began with.
    private SslServerAuthenticationOptions Tls(ConnectionContext connection) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ServerCertificateContext = certificate.Context,
    };

    // A certificate that is not ours is refused by the call with words that help, not by a broken connection.
    private SslServerAuthenticationOptions AgentsTls(ConnectionContext connection)
    {
        SslServerAuthenticationOptions tls = Tls(connection);
        tls.ClientCertificateRequired = true;
        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority.Certificate },
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { new Oid(Oids.ClientAuthentication) },
        };
        tls.RemoteCertificateValidationCallback = (_, _, chain, errors) => PeerChain.Note(connection, chain, errors);
        return tls;
    }
}
