using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Audit;

/// <summary>Reads the whole chain and tells whether it is as it was written.</summary>
public sealed class AuditVerification(IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>Verifies every entry from the first to the last.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        long expected = 1;
        byte[] head = AuditChain.Origin;
        await foreach (AuditEntry entry in
            db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (entry.Sequence != expected)
                return new AuditVerdict.Broken(expected, $"entry {expected} is missing");
            if (!entry.PreviousHash.AsSpan().SequenceEqual(head))
                return new AuditVerdict.Broken(expected, $"entry {expected} does not follow the one before it");
            if (!entry.Hash.AsSpan().SequenceEqual(AuditChain.HashOf(entry)))
                return new AuditVerdict.Broken(expected, $"entry {expected} was changed after it was written");
            head = entry.Hash;
            expected++;
        }

        return new AuditVerdict.Intact(expected - 1, Convert.ToHexStringLower(head));
    }
}

/// <summary>What verifying the chain showed.</summary>
public abstract record AuditVerdict
{
    private AuditVerdict()
    {
    }

    /// <summary>Every entry is as it was written.</summary>
    /// <param name="Entries">How many there are.</param>
    /// <param name="Head">The hash of the last, in hexadecimal: compare it with one that was kept elsewhere.</param>
    public sealed record Intact(long Entries, string Head) : AuditVerdict;

    /// <summary>An entry was changed, removed or put in.</summary>
    /// <param name="Sequence">The first entry that does not hold.</param>
    /// <param name="Reason">How, in words.</param>
    public sealed record Broken(long Sequence, string Reason) : AuditVerdict;
}
