using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>Revokes the identities of a server, as a technician asks for it.</summary>
internal sealed class ServerRevocation(WriteGate gate, Revocations revocations)
{
    /// <summary>Revokes every identity of a server. Tokens that were made for it and not used are worth nothing any more either.</summary>
    public Task<ServerRevoked> RevokeAsync(string serverName, string reason, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync<ServerRevoked>(
            async (session, token) =>
            {
                string key = RecordName.KeyOf(serverName);
                ServerRow? server = await session.Db.Set<ServerRow>().SingleOrDefaultAsync(row => row.NameKey == key, token);
                if (server is null)
                    return new ServerRevoked.NoServer();
                if (!AuditReason.IsUsable(reason))
                    return new ServerRevoked.Refused(AuditReason.Wanted);
                await session.Db.Set<EnrolmentTokenRow>()
                    .Where(row => row.ServerId == server.ServerId && row.UsedTime == null && row.ExpiryTime > session.Now)
                    .ExecuteUpdateAsync(change => change.SetProperty(row => row.ExpiryTime, session.Now), token);
                int count = await revocations.RevokeServerAsync(session, server.ServerId, except: null, technician, reason.Trim(), token);
                return count == 0
                    ? new ServerRevoked.Refused($"'{server.Name}' has no identity that could be revoked: none was enrolled, or all are revoked already.")
                    : new ServerRevoked.Done(server.ServerId);
            },
            cancellationToken);
}

/// <summary>How a revocation ended.</summary>
internal abstract record ServerRevoked
{
    private ServerRevoked()
    {
    }

    /// <summary>They are revoked, durably.</summary>
    public sealed record Done(string ServerId) : ServerRevoked;

    /// <summary>There is no such server.</summary>
    public sealed record NoServer : ServerRevoked;

    /// <summary>Nothing was revoked.</summary>
    public sealed record Refused(string Reason) : ServerRevoked;
}
