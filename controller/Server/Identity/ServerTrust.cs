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
internal sealed class ServerTrust(WriteGate gate, AuditLog audit)
{
    /// <summary>Trusts the identity of a server's agent again.</summary>
    public Task<ServerTrusted> TrustAsync(string serverName, string reason, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync<ServerTrusted>(
            async (session, token) =>
            {
                string key = RecordName.KeyOf(serverName);
                ServerRow? server = await session.Db.Set<ServerRow>().SingleOrDefaultAsync(row => row.NameKey == key, token);
                if (server is null)
                    return new ServerTrusted.NoServer();
                if (!AuditReason.IsUsable(reason))
                    return new ServerTrusted.Refused(AuditReason.Wanted);
                AgentRow? agent = await session.Db.Set<AgentRow>()
                    .SingleOrDefaultAsync(row => row.ServerId == server.ServerId && row.RevokedTime == null && row.InDoubtTime != null, token);
                if (agent is null)
                    return new ServerTrusted.Refused($"The identity of '{server.Name}' is in no doubt: there is nothing to decide.");
                await TrustAsync(session, agent, reason.Trim(), technician, token);
                return new ServerTrusted.Done();
            },
            cancellationToken);

    private async Task TrustAsync(WriteSession session, AgentRow agent, string reason, string technician, CancellationToken cancellationToken)
    {
        agent.InDoubtTime = null;
        await session.Db.SaveChangesAsync(cancellationToken);
        await session.Db.Set<AgentCertificateRow>()
            .Where(row => row.AgentId == agent.AgentId)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.FirstUsedTime, (DateTimeOffset?)null), cancellationToken);
        await audit.AppendAsync(
            session,
            new(technician, "agent.trust", $"agent:{agent.AgentId}", new Dictionary<string, string> { ["reason"] = reason, ["server"] = agent.ServerId }),
            cancellationToken);
    }
}

/// <summary>How the decision ended.</summary>
internal abstract record ServerTrusted
{
    private ServerTrusted()
    {
    }

    /// <summary>The identity is beyond doubt.</summary>
    public sealed record Done : ServerTrusted;

    /// <summary>There is no such server.</summary>
    public sealed record NoServer : ServerTrusted;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Reason) : ServerTrusted;
}
