using System.Security.Cryptography.X509Certificates;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Issues an agent's next certificate.</summary>
internal sealed partial class Renewal(WriteGate gate, AuditLog audit, AgentCertificates certificates, ILogger<Renewal> logger)
{
    /// <summary>The next generation for the agent that the call's certificate names. The one before counts until this one is used.</summary>
    public async Task<RenewalOutcome> RenewAsync(
        AgentIdentity agent, PublicKey presented, byte[] certificateRequest, CancellationToken cancellationToken)
    {
        if (AgentKey.Read(certificateRequest, out string fault) is not { } key)
            return new RenewalOutcome.Unusable(fault);
        if (key.EncodedKeyValue.RawData.AsSpan().SequenceEqual(presented.EncodedKeyValue.RawData))
            return new RenewalOutcome.Unusable("The key is that of the certificate in use: make a fresh one for each renewal.");
        return await gate.WriteAsync((session, token) => IssueAsync(session, agent, key, token), cancellationToken);
    }

    private async Task<RenewalOutcome> IssueAsync(WriteSession session, AgentIdentity agent, PublicKey key, CancellationToken cancellationToken)
    {
        await ForgetOldAsync(session, agent.AgentId, cancellationToken);
        int last = await session.Db.Set<AgentCertificateRow>()
            .Where(row => row.AgentId == agent.AgentId)
            .MaxAsync(row => row.Generation, cancellationToken);
        IssuedCertificate issued = certificates.Issue(key, agent.AgentId, last + 1, session.Now);
        session.Db.Add(issued.Row);
        await session.Db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(
            session,
            new($"agent:{agent.AgentId}", "agent.renew", $"agent:{agent.AgentId}", new Dictionary<string, string> { ["serial"] = issued.Row.Serial }),
            cancellationToken);
        Log.Renewed(logger, agent.AgentId, last + 1);
        return new RenewalOutcome.Done(issued.Der);
    }

    // A certificate that cannot even be renewed any more says nothing; the last one stays to count generations by.
    private static Task<int> ForgetOldAsync(WriteSession session, string agentId, CancellationToken cancellationToken)
    {
        DateTimeOffset useless = session.Now - AgentJudgement.RenewableFor;
        IQueryable<AgentCertificateRow> all = session.Db.Set<AgentCertificateRow>();
        return all
            .Where(row => row.AgentId == agentId && row.ExpiryTime < useless)
            .Where(row => all.Any(later => later.AgentId == agentId && later.Generation > row.Generation && later.FirstUsedTime != null))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(2041, LogLevel.Information, "Agent {AgentId} renewed its certificate, generation {Generation}")]
        public static partial void Renewed(ILogger logger, string agentId, int generation);
    }
}

/// <summary>How a renewal ended.</summary>
internal abstract record RenewalOutcome
{
    private RenewalOutcome()
    {
    }

    /// <summary>The certificate, DER.</summary>
    public sealed record Done(byte[] Certificate) : RenewalOutcome;

    /// <summary>What was sent is not usable.</summary>
    public sealed record Unusable(string Reason) : RenewalOutcome;
}
