using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Marks identities that more than one machine seems to use (DESIGN 4). They go on reporting, and get no order until a technician decides.</summary>
internal sealed partial class IdentityDoubt(WriteGate gate, AuditLog audit, ILogger<IdentityDoubt> logger)
{
    /// <summary>Marks an agent's identity; one that is marked or revoked stays as it is.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="sign">What was seen, for the audit.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    public Task RaiseAsync(string agentId, string sign, CancellationToken cancellationToken) => gate.WriteAsync(
        async (session, token) =>
        {
            AgentRow row = await session.Db.Set<AgentRow>().SingleAsync(r => r.AgentId == agentId, token);
            if (row.InDoubtTime is not null || row.RevokedTime is not null)
                return;
            row.InDoubtTime = session.Now;
            await session.Db.SaveChangesAsync(token);
            await audit.AppendAsync(
                session,
                new("controller", "agent.doubt", $"agent:{agentId}", new Dictionary<string, string> { ["sign"] = sign, ["server"] = row.ServerId }),
                token);
            Log.InDoubt(logger, agentId, row.ServerId, sign);
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(2031, LogLevel.Critical, "The identity of agent {AgentId} (server {ServerId}) is in doubt: {Sign}")]
        public static partial void InDoubt(ILogger logger, string agentId, string serverId, string sign);
    }
}
