using System.Text.Json;
using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Audit;

/// <summary>Writes the audit chain.</summary>
public sealed class AuditLog
{
    private const string Insert = """
        INSERT INTO audit_entries (sequence, recorded_time, actor, action, subject, detail, previous_hash, hash)
        VALUES (@Sequence, @RecordedTime, @Actor, @Action, @Subject, @Detail, @PreviousHash, @Hash)
        """;

    /// <summary>Adds an entry in the transaction of the change that it tells of: both are there, or neither.</summary>
    /// <returns>The entry's sequence.</returns>
    public async Task<long> AppendAsync(WriteSession session, AuditEvent what, CancellationToken cancellationToken)
    {
        (long last, byte[] head) = await HeadAsync(session, cancellationToken);
        string detail = what.Detail is null ? "" : JsonSerializer.Serialize(new SortedDictionary<string, string>(
            what.Detail.ToDictionary(), StringComparer.Ordinal));
        byte[] hash = AuditChain.HashOf(last + 1, session.Now, what.Actor, what.Action, what.Subject, detail, head);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new
            {
                Sequence = last + 1,
                RecordedTime = session.Now.ToUnixMicroseconds(),
                what.Actor,
                what.Action,
                what.Subject,
                Detail = detail,
                PreviousHash = head,
                Hash = hash,
            },
            session.Transaction,
            cancellationToken: cancellationToken));
        return last + 1;
    }

    private static async Task<(long Sequence, byte[] Hash)> HeadAsync(WriteSession session, CancellationToken cancellationToken)
    {
        (long Sequence, byte[] Hash) head = await session.Connection.QuerySingleOrDefaultAsync<(long Sequence, byte[] Hash)>(
            new CommandDefinition(
                "SELECT sequence, hash FROM audit_entries ORDER BY sequence DESC LIMIT 1",
                transaction: session.Transaction,
                cancellationToken: cancellationToken));
        return head.Hash is null ? (0, AuditChain.Origin) : head;
    }
}
