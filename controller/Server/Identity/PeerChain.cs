using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace HaiSoft.Controller.Identity;

/// <summary>Whether the certificate that a connection came with leads to our CA: seen once, at the handshake.</summary>
internal static class PeerChain
{
    private static readonly object Ours = new();

    /// <summary>Remembers it for the connection's calls. A date that is over does not count here: the call's policy judges it.</summary>
    /// <returns>True: the handshake goes on in any case.</returns>
    public static bool Note(ConnectionContext connection, X509Chain? chain, SslPolicyErrors errors)
    {
        bool leadsToUs = errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors
                && chain is { ChainElements.Count: > 1 }
                && chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotTimeValid));
        if (leadsToUs)
            connection.Items[Ours] = Ours;
        return true;
    }

    /// <summary>The connection came with a certificate of ours.</summary>
    public static bool IsOurs(ConnectionContext connection) => connection.Items.ContainsKey(Ours);

    /// <summary>The agent whose certificate the connection came with; absent when it is none of ours.</summary>
    public static string? AgentOf(ConnectionContext connection) =>
        IsOurs(connection) && connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate
            ? CertifiedAgent.Of(certificate)?.AgentId
            : null;

    /// <summary>The call's connection came with a certificate of ours.</summary>
    public static bool IsOurs(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Ours) == true;
}
