using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.People;

/// <summary>Keeps who tried to sign in, from where and how it ended (DOMAIN 7.2), and audits it.</summary>
internal sealed class SignInRecords(WriteGate gate, AuditLog audit, IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>Writes a try down.</summary>
    public Task AddAsync(Person person, string address, SignInOutcome outcome, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                session.Db.Add(new SignIn
                {
                    Id = NewId.At(session.Now),
                    PersonId = person.Id,
                    OccurredTime = session.Now,
                    Address = address,
                    Outcome = outcome,
                });
                await session.Db.SaveChangesAsync(token);
                var detail = new Dictionary<string, string> { ["outcome"] = SignInOutcomes.Name(outcome) };
                await audit.AppendAsync(session, new AuditEvent(person.AuditName, "person.sign-in", $"person:{person.Id}", detail), token);
            },
            cancellationToken);

    /// <summary>The last tries of a person, newest first.</summary>
    public async Task<IReadOnlyList<SignIn>> LastAsync(string personId, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<SignIn>().AsNoTracking()
            .Where(s => s.PersonId == personId)
            .OrderByDescending(s => s.OccurredTime)
            .Take(count)
            .ToListAsync(cancellationToken);
    }
}
