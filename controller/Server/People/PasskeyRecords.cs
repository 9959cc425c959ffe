using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.People;

/// <summary>Reads people's passkeys, and keeps when each was used.</summary>
internal sealed class PasskeyRecords(WriteGate gate, IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>A person's, the oldest first.</summary>
    public async Task<IReadOnlyList<PersonPasskey>> ListAsync(string personId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<PersonPasskey>().AsNoTracking()
            .Where(p => p.UserId == personId)
            .OrderBy(p => p.Data.CreatedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>It signed somebody in, or approved something.</summary>
    public Task UsedAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            (session, token) => session.Db.Set<PersonPasskey>()
                .Where(p => p.CredentialId == credentialId)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.LastUsedTime, session.Now), token),
            cancellationToken);
}
