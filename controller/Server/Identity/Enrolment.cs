using System.Security.Cryptography.X509Certificates;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Turns a one-time token into an agent's identity (DESIGN 4).</summary>
internal sealed partial class Enrolment(
    WriteGate gate,
    AuditLog audit,
    CertificateAuthority authority,
    AgentCertificates certificates,
    Revocations revocations,
    ILogger<Enrolment> logger)
{
    /// <summary>A clock that is off by more is told and shown.</summary>
    public static readonly TimeSpan TolerableOffset = TimeSpan.FromMinutes(5);

    /// <summary>Gives an agent its identity. The token is spent by success alone.</summary>
    public async Task<EnrolmentOutcome> EnrolAsync(EnrolmentApplication application, CancellationToken cancellationToken)
    {
        if (EnrolmentToken.Parse(application.Token) is not { } token)
            return new EnrolmentOutcome.Unusable("The token is not whole: copy all of it, from 'hse1.' to its end.");
        if (!token.IsOf(authority))
            return new EnrolmentOutcome.Refused("The token was made by another controller: make one here (haisoftctl enroll-token --server NAME).");
        if (AgentKey.Read(application.CertificateRequest, out string fault) is not { } key)
            return new EnrolmentOutcome.Unusable(fault);
        return await gate.WriteAsync((session, cancel) => SpendAsync(session, token, key, application, cancel), cancellationToken);
    }

    private async Task<EnrolmentOutcome> SpendAsync(
        WriteSession session, EnrolmentToken token, PublicKey key, EnrolmentApplication application, CancellationToken cancellationToken)
    {
        byte[] hash = token.Hash;
        EnrolmentTokenRow? row = await session.Db.Set<EnrolmentTokenRow>().SingleOrDefaultAsync(r => r.TokenHash == hash, cancellationToken);
        if (row is null)
            return new EnrolmentOutcome.Refused("The token is unknown here: make one (haisoftctl enroll-token --server NAME).");
        ServerRow server = await session.Db.Set<ServerRow>().SingleAsync(s => s.ServerId == row.ServerId, cancellationToken);
        if (TokenFault(row, server, application, session.Now) is { } fault)
        {
            await audit.AppendAsync(
                session,
                new("controller", "enrolment.refuse", $"server:{server.ServerId}", new Dictionary<string, string> { ["reason"] = fault }),
                cancellationToken);
            Log.Refused(logger, server.Name, fault);
            return new EnrolmentOutcome.Refused(fault);
        }

        return await AdmitAsync(session, row, server, key, application, cancellationToken);
    }

    private static string? TokenFault(EnrolmentTokenRow token, ServerRow server, EnrolmentApplication application, DateTimeOffset now)
    {
        string again = $"make a new one: haisoftctl enroll-token --server {server.Name}";
        if (token.UsedTime is { } used)
        {
            return $"The token was used already, {used:yyyy-MM-dd HH:mm:ss} UTC; {again}. If that was not you, somebody else has the "
                + $"identity: haisoftctl revoke --server {server.Name} first.";
        }

        if (now >= token.ExpiryTime)
            return $"The token expired {token.ExpiryTime:yyyy-MM-dd HH:mm:ss} UTC (it is {now:HH:mm:ss} here); {again}.";
        return application.ServerName.Length > 0 && RecordName.KeyOf(application.ServerName) != server.NameKey
            ? $"The token is for another server than '{application.ServerName}': make one for it (haisoftctl enroll-token --server NAME)."
            : null;
    }

    private async Task<EnrolmentOutcome> AdmitAsync(
        WriteSession session,
        EnrolmentTokenRow token,
        ServerRow server,
        PublicKey key,
        EnrolmentApplication application,
        CancellationToken cancellationToken)
    {
        string agentId = NewId.At(session.Now);
        IssuedCertificate issued = certificates.Issue(key, agentId, generation: 1, session.Now);
        TimeSpan? offset = application.SentTime - session.Now;
        token.UsedTime = session.Now;
        token.AgentId = agentId;
        session.Db.Add(new AgentRow
        {
            AgentId = agentId,
            ServerId = server.ServerId,
            EnrolledTime = session.Now,
            HostName = Clean(application.HostName),
            MachineId = Clean(application.MachineId),
            ClockOffsetMicroseconds = (long?)offset?.TotalMicroseconds,
        });
        session.Db.Add(issued.Row);
        await session.Db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(
            session,
            new(
                token.CreatedBy,
                "agent.enrol",
                $"server:{server.ServerId}",
                new Dictionary<string, string> { ["agent"] = agentId, ["host_name"] = Clean(application.HostName), ["serial"] = issued.Row.Serial }),
            cancellationToken);
        await revocations.RevokeServerAsync(
            session, server.ServerId, except: agentId, token.CreatedBy, "the server was enrolled again", cancellationToken);
        Log.Enrolled(logger, server.Name, agentId);
        if (offset is { } off && off.Duration() > TolerableOffset)
            Log.ClockOff(logger, server.Name, off);
        return new EnrolmentOutcome.Done(server.ServerId, server.Name, agentId, issued.Der, session.Now);
    }

    // Said by whoever holds the token: kept for the audit, bounded, without control characters.
    private static string Clean(string text) => new([.. text.Where(c => !char.IsControl(c)).Take(253)]);

    private static partial class Log
    {
        [LoggerMessage(2011, LogLevel.Information, "Server {Server} enrolled as agent {AgentId}")]
        public static partial void Enrolled(ILogger logger, string server, string agentId);

        [LoggerMessage(2012, LogLevel.Warning, "Enrolment of server {Server} refused: {Reason}")]
        public static partial void Refused(ILogger logger, string server, string reason);

        [LoggerMessage(2013, LogLevel.Warning, "The clock of server {Server} is off by {Offset}")]
        public static partial void ClockOff(ILogger logger, string server, TimeSpan offset);
    }
}
