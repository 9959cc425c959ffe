using System.Collections.Concurrent;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Which identities are revoked: written to the log outside the database first, then to the database.</summary>
internal sealed class Revocations(RevocationLog log, AuditLog audit)
{
    private readonly ConcurrentDictionary<string, Revocation> _byAgent =
        new(log.Held.Select(revocation => KeyValuePair.Create(revocation.AgentId, revocation)).DistinctBy(pair => pair.Key));

    private readonly ConcurrentBag<Action<Revocation>> _reactions = [];

    /// <summary>Has this done whenever an identity was revoked, durably: cut its streams. Must not throw or block.</summary>
    public void WhenRevoked(Action<Revocation> react) => _reactions.Add(react);

    /// <summary>The agent's revocation; absent when it has none.</summary>
    public Revocation? Of(string agentId) => _byAgent.GetValueOrDefault(agentId);

    /// <summary>Revokes the identities of a server but one.</summary>
    /// <param name="session">The transaction. Should it fail, the identities stay revoked all the same.</param>
    /// <param name="serverId">The server.</param>
    /// <param name="except">The agent that stays; absent for none.</param>
    /// <param name="actor">Who revokes.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    /// <returns>How many were revoked.</returns>
    public async Task<int> RevokeServerAsync(
        WriteSession session, string serverId, string? except, string actor, string reason, CancellationToken cancellationToken)
    {
        List<AgentRow> agents = await session.Db.Set<AgentRow>()
            .Where(row => row.ServerId == serverId && row.AgentId != except && row.RevokedTime == null)
            .ToListAsync(cancellationToken);
        foreach (AgentRow agent in agents)
        {
            Revocation revocation = new(agent.AgentId, serverId, session.Now, actor, reason);
            if (_byAgent.TryAdd(agent.AgentId, revocation))
                log.Append(revocation);
            Mark(agent, revocation);
            await audit.AppendAsync(
                session,
                new(actor, "agent.revoke", $"agent:{agent.AgentId}", new Dictionary<string, string> { ["reason"] = reason, ["server"] = serverId }),
                CancellationToken.None);
            session.AfterCommit(() => Tell(revocation));
        }

        await session.Db.SaveChangesAsync(CancellationToken.None);
        return agents.Count;
    }

    internal static void Mark(AgentRow agent, Revocation revocation)
    {
        agent.RevokedTime = revocation.Time;
        agent.RevokedBy = revocation.Actor;
        agent.RevokedReason = revocation.Reason;
    }

    private void Tell(Revocation revocation)
    {
        foreach (Action<Revocation> react in _reactions)
            react(revocation);
    }

    /// <summary>Takes over a revocation that only the database knew.</summary>
    internal void Restore(Revocation revocation)
    {
        if (_byAgent.TryAdd(revocation.AgentId, revocation))
            log.Append(revocation);
    }
}
