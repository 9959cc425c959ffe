using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// Ends the doubt about a server's identity, as a technician decides (DESIGN 4). The agent's certificates start level again: the one
/// that is used next supersedes the older ones, so that a server that was put back from an image can renew; should a copy still be
/// there, it is noticed again.
/// </summary>
internal sealed class ServerTrust(IdentityDecisions decisions, AuditLog audit)
{
    /// <summary>Trusts the identity of a server's agent again.</summary>
    public Task<IdentityDecided> TrustAsync(string serverName, string reason, string technician, CancellationToken cancellationToken) =>
        decisions.DecideAsync(
            serverName, reason, (session, server, kept, token) => TrustAsync(session, server, kept, technician, token), cancellationToken);

    private async Task<IdentityDecided> TrustAsync(
        WriteSession session, ServerRow server, string reason, string technician, CancellationToken cancellationToken)
    {
        AgentRow? agent = await session.Db.Set<AgentRow>()
            .SingleOrDefaultAsync(row => row.ServerId == server.ServerId && row.RevokedTime == null && row.InDoubtTime != null, cancellationToken);
        if (agent is null)
            return new IdentityDecided.Refused($"The identity of '{server.Name}' is in no doubt: there is nothing to decide.");
        agent.InDoubtTime = null;
        await session.Db.SaveChangesAsync(cancellationToken);
        await session.Db.Set<AgentCertificateRow>()
            .Where(row => row.AgentId == agent.AgentId)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.FirstUsedTime, (DateTimeOffset?)null), cancellationToken);
        await audit.AppendAsync(
            session,
            new(technician, "agent.trust", $"agent:{agent.AgentId}", new Dictionary<string, string> { ["reason"] = reason, ["server"] = agent.ServerId }),
            cancellationToken);
        return new IdentityDecided.Done();
    }
}
