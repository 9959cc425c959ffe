using System.Globalization;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Whether an order may be sent to a server's agent (DESIGN 4): not while it is uncertain who would get it.</summary>
internal sealed class OrderRight(IDbContextFactory<ControllerDbContext> contexts, RevocationReconciliation revocations)
{
    /// <summary>An order may be sent to this server's agent now.</summary>
    public async Task<bool> MayReceiveOrdersAsync(string serverId, CancellationToken cancellationToken) =>
        WithheldBecause(await LastAgentAsync(serverId, cancellationToken)).Length == 0;

    /// <summary>The agent that was enrolled last for a server; absent when none was.</summary>
    public async Task<AgentRow?> LastAgentAsync(string serverId, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<AgentRow>().AsNoTracking()
            .Where(row => row.ServerId == serverId)
            .OrderByDescending(row => row.EnrolledTime)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Why no order may be sent to a server whose last enrolled agent is this one; empty when one may.</summary>
    public string WithheldBecause(AgentRow? last) => last switch
    {
        null => "no agent is enrolled",
        { RevokedTime: not null } => "the agent's identity is revoked",
        { InDoubtTime: { } since } => string.Create(
            CultureInfo.InvariantCulture,
            $"the agent's identity is in doubt since {since:yyyy-MM-dd HH:mm} UTC: decide with haisoftctl trust or haisoftctl revoke"),
        _ when revocations.Unconfirmed.Length > 0 => "the list of revocations was lost or damaged: an administrator confirms it on the controller",
        _ => "",
    };
}
