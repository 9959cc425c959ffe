using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Revokes the identities of a server, as a technician asks for it.</summary>
internal sealed class ServerRevocation(IdentityDecisions decisions, Revocations revocations)
{
    /// <summary>Revokes every identity of a server. Tokens that were made for it and not used are worth nothing any more either.</summary>
    public Task<IdentityDecided> RevokeAsync(string serverName, string reason, string technician, CancellationToken cancellationToken) =>
        decisions.DecideAsync(
            serverName, reason, (session, server, kept, token) => RevokeAsync(session, server, kept, technician, token), cancellationToken);

    private async Task<IdentityDecided> RevokeAsync(
        WriteSession session, ServerRow server, string reason, string technician, CancellationToken cancellationToken)
    {
        await session.Db.Set<EnrolmentTokenRow>()
            .Where(row => row.ServerId == server.ServerId && row.UsedTime == null && row.ExpiryTime > session.Now)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.ExpiryTime, session.Now), cancellationToken);
        int count = await revocations.RevokeServerAsync(session, server.ServerId, except: null, technician, reason, cancellationToken);
        return count == 0
            ? new IdentityDecided.Refused($"'{server.Name}' has no identity that could be revoked: none was enrolled, or all are revoked already.")
            : new IdentityDecided.Done();
    }
}
