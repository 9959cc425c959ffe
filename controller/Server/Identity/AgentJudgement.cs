using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Judges the certificate that a call came with: whose it is, and whether it still counts (DESIGN 4).</summary>
internal sealed class AgentJudgement(
    WriteGate gate,
    AuditLog audit,
    IDbContextFactory<ControllerDbContext> contexts,
    Revocations revocations,
    IdentityDoubt doubt,
    TimeProvider time)
{
    /// <summary>A server that was off may renew this long after its certificate expired.</summary>
    public static readonly TimeSpan RenewableFor = TimeSpan.FromDays(30);

    // Calls that were on their way when the agent changed to its next certificate are no sign of a copy.
    private static readonly TimeSpan ChangeOver = TimeSpan.FromMinutes(1);

    /// <summary>Judges a certificate that our CA signed.</summary>
    public async Task<AgentVerdict> JudgeAsync(X509Certificate2 certificate, CallPolicy policy, CancellationToken cancellationToken)
    {
        if (CertifiedAgent.Of(certificate) is not { } named)
            return Refuse(StatusCode.Unauthenticated, "The certificate names no agent: send the one that enrolment gave.");
        if (revocations.Of(named.AgentId) is { } revocation)
            return Refuse(StatusCode.PermissionDenied, Words.Revoked(revocation));
        KnownCertificate? known = await ReadAsync(named, CertifiedAgent.SerialOf(certificate), cancellationToken);
        return known switch
        {
            null => Refuse(StatusCode.PermissionDenied, Words.Unknown),
            _ when Expiry(known, certificate, policy) is { } expired => Refuse(StatusCode.Unauthenticated, expired),
            { IsSuperseded: true } when policy == CallPolicy.AgentRenewal => Refuse(StatusCode.PermissionDenied, Words.Superseded),
            _ => await AdmitAsync(known, certificate, named, cancellationToken),
        };
    }

    private static AgentVerdict.Refused Refuse(StatusCode status, string detail) => new(new Refusal(status, detail));

    private async Task<KnownCertificate?> ReadAsync(CertifiedAgent named, string serial, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<AgentRow>().AsNoTracking().SingleOrDefaultAsync(row => row.AgentId == named.AgentId, cancellationToken) is not { } agent)
            return null;
        List<AgentCertificateRow> issued = await db.Set<AgentCertificateRow>().AsNoTracking()
            .Where(row => row.AgentId == named.AgentId)
            .ToListAsync(cancellationToken);
        AgentCertificateRow? row = issued.SingleOrDefault(row => row.Serial == serial);
        // Signed by our key, of a known agent, newer than all we know: we were restored from before it was issued.
        return row is null && named.Generation <= issued.Max(other => other.Generation)
            ? null
            : new(agent, row, issued.Where(other => other.Generation > named.Generation).Min(other => other.FirstUsedTime));
    }

    private string? Expiry(KnownCertificate known, X509Certificate2 certificate, CallPolicy policy)
    {
        DateTimeOffset expiry = CertificateDates.ExpiryOf(certificate);
        TimeSpan since = time.GetUtcNow() - expiry;
        return since <= TimeSpan.Zero || (policy == CallPolicy.AgentRenewal && since <= RenewableFor && !known.IsSuperseded)
            ? null
            : Words.Expired(expiry, RenewableFor);
    }

    private async Task<AgentVerdict> AdmitAsync(
        KnownCertificate known, X509Certificate2 certificate, CertifiedAgent named, CancellationToken cancellationToken)
    {
        string serial = CertifiedAgent.SerialOf(certificate);
        if (known.Row?.FirstUsedTime is null)
            await gate.WriteAsync((session, token) => NoteFirstUseAsync(session, certificate, named, token), cancellationToken);
        if (known.SupersededSince + ChangeOver < time.GetUtcNow() && known.Agent.InDoubtTime is null)
            await doubt.RaiseAsync(known.Agent.AgentId, $"the superseded certificate {serial} was used again", cancellationToken);
        return new AgentVerdict.Admitted(new AgentIdentity(known.Agent.ServerId, known.Agent.AgentId, serial));
    }

    private async Task NoteFirstUseAsync(
        WriteSession session, X509Certificate2 certificate, CertifiedAgent named, CancellationToken cancellationToken)
    {
        string serial = CertifiedAgent.SerialOf(certificate);
        AgentCertificateRow? row = await session.Db.Set<AgentCertificateRow>().SingleOrDefaultAsync(r => r.Serial == serial, cancellationToken);
        if (row is null)
        {
            row = new()
            {
                Serial = serial,
                AgentId = named.AgentId,
                Generation = named.Generation,
                IssuedTime = CertificateDates.StartOf(certificate),
                ExpiryTime = CertificateDates.ExpiryOf(certificate),
            };
            session.Db.Add(row);
            await audit.AppendAsync(session, new("controller", "agent.adopt-certificate", $"agent:{named.AgentId}"), cancellationToken);
        }

        row.FirstUsedTime ??= session.Now;
        await session.Db.SaveChangesAsync(cancellationToken);
    }

    private sealed record KnownCertificate(AgentRow Agent, AgentCertificateRow? Row, DateTimeOffset? SupersededSince)
    {
        public bool IsSuperseded => SupersededSince is not null;
    }

    private static class Words
    {
        private const string Again = "enrol the server again (haisoftctl enroll-token --server NAME).";

        public const string Unknown =
            "The certificate is unknown here, though this controller's CA signed it: the controller was restored or emptied; " + Again;

        public const string Superseded =
            "A newer certificate of this agent is in use: only that one can be renewed. If this machine was copied or put back from an image, "
            + "a technician decides which one counts (haisoftctl trust or revoke), or " + Again;

        public static string Revoked(Revocation revocation) =>
            $"The identity was revoked {revocation.Time:yyyy-MM-dd HH:mm:ss} UTC ({revocation.Reason}): if this server shall report again, {Again}";

        public static string Expired(DateTimeOffset expiry, TimeSpan renewable) =>
            $"The certificate expired {expiry:yyyy-MM-dd HH:mm:ss} UTC: renew it (within {renewable.TotalDays:0} days), or {Again}";
    }
}
