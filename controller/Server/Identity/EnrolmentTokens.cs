using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Makes one-time tokens.</summary>
internal sealed class EnrolmentTokens(WriteGate gate, AuditLog audit, CertificateAuthority authority)
{
    /// <summary>How long a token can be used (DESIGN 4).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Makes a token for one server; its text is told once and never stored.</summary>
    /// <returns>The token, or null when there is no server of this name.</returns>
    public Task<NewEnrolmentToken?> MakeAsync(string serverName, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                string key = RecordName.KeyOf(serverName);
                if (await session.Db.Set<ServerRow>().SingleOrDefaultAsync(row => row.NameKey == key, token) is not { } server)
                    return null;
                EnrolmentToken made = EnrolmentToken.Make(authority);
                session.Db.Add(new EnrolmentTokenRow
                {
                    TokenHash = made.Hash,
                    ServerId = server.ServerId,
                    CreatedTime = session.Now,
                    CreatedBy = technician,
                    ExpiryTime = session.Now + Lifetime,
                });
                await session.Db.SaveChangesAsync(token);
                await audit.AppendAsync(session, new(technician, "enrolment-token.make", $"server:{server.ServerId}"), token);
                return new NewEnrolmentToken(made.ToString(), session.Now + Lifetime);
            },
            cancellationToken);
}

/// <summary>A token as it is told once.</summary>
/// <param name="Text">What the agent is given.</param>
/// <param name="ExpiresAt">From then on it is refused.</param>
internal sealed record NewEnrolmentToken(string Text, DateTimeOffset ExpiresAt);
