using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>What technicians decide about the identity of a server: one that is in the records, and for a reason that the audit keeps.</summary>
internal sealed class IdentityDecisions(WriteGate gate)
{
    private const int LongestReason = 500;

    /// <summary>Decides, in one transaction.</summary>
    /// <param name="serverName">The server.</param>
    /// <param name="reason">Why; 1 to 500 characters.</param>
    /// <param name="decide">Does it to the server, for the reason as the audit keeps it.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    public Task<IdentityDecided> DecideAsync(
        string serverName,
        string reason,
        Func<WriteSession, ServerRow, string, CancellationToken, Task<IdentityDecided>> decide,
        CancellationToken cancellationToken) => gate.WriteAsync<IdentityDecided>(
            async (session, token) =>
            {
                string key = RecordName.KeyOf(serverName);
                if (await session.Db.Set<ServerRow>().SingleOrDefaultAsync(row => row.NameKey == key, token) is not { } server)
                    return new IdentityDecided.NoServer();
                return reason.Trim() is { Length: > 0 and <= LongestReason } kept
                    ? await decide(session, server, kept, token)
                    : new IdentityDecided.Refused($"Say why in 1 to {LongestReason} characters (--reason): it is kept in the audit.");
            },
            cancellationToken);
}

/// <summary>How a decision ended.</summary>
internal abstract record IdentityDecided
{
    private IdentityDecided()
    {
    }

    /// <summary>It holds, durably.</summary>
    public sealed record Done : IdentityDecided;

    /// <summary>There is no such server.</summary>
    public sealed record NoServer : IdentityDecided;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Reason) : IdentityDecided;
}
