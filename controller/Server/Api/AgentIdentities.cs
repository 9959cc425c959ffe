using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Records;

namespace HaiSoft.Controller.Api;

/// <summary>What technicians do about the identities of agents.</summary>
internal sealed class AgentIdentities(
    EnrolmentTokens tokens, ServerRevocation revocation, ServerTrust trust, Servers servers, AgentStreams streams, AgentsAddress address)
{
    /// <summary>What agents dial: "controller.example:7443".</summary>
    public string AgentsAddress => address.Text;

    /// <summary>A one-time token; null when there is no such server.</summary>
    public Task<NewEnrolmentToken?> MakeTokenAsync(string server, string technician, CancellationToken cancellationToken) =>
        tokens.MakeAsync(server, technician, cancellationToken);

    /// <summary>Revokes a server's identities; its stream is cut before this returns (and by <see cref="RevokedStreams"/>, whoever revokes).</summary>
    /// <returns>How it ended, and whether a stream was open.</returns>
    public async Task<(IdentityDecided Outcome, bool Cut)> RevokeAsync(
        string server, string reason, string technician, CancellationToken cancellationToken)
    {
        string? serverId = await servers.FindIdAsync(server, cancellationToken);
        bool connected = serverId is not null && streams.IsConnected(serverId);
        IdentityDecided outcome = await revocation.RevokeAsync(server, reason, technician, cancellationToken);
        return (outcome, outcome is IdentityDecided.Done && connected);
    }

    /// <summary>Ends the doubt about a server's identity.</summary>
    public Task<IdentityDecided> TrustAsync(string server, string reason, string technician, CancellationToken cancellationToken) =>
        trust.TrustAsync(server, reason, technician, cancellationToken);
}
