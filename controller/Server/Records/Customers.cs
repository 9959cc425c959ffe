using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Records;

/// <summary>The records of customers.</summary>
public sealed class Customers(WriteGate gate, AuditLog audit, IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>Adds customers: all, or none when one has a fault.</summary>
    public Task<RecordsAdded> AddAsync(IReadOnlyList<CustomerDraft> drafts, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync<RecordsAdded>(
            async (session, token) =>
            {
                List<RecordFault> faults = [.. drafts.SelectMany(draft => draft.Faults())];
                faults.AddRange(TakenNames.Of(
                    drafts.Select(draft => (draft.Name, draft.Line)),
                    "customer",
                    await session.Db.Set<CustomerRow>().Select(row => row.NameKey).ToHashSetAsync(token)));
                if (faults.Count > 0)
                    return new RecordsAdded.Refused(InOrder(faults));
                foreach (CustomerDraft draft in drafts)
                    await AddAsync(session, draft, technician, token);
                await session.Db.SaveChangesAsync(token);
                return new RecordsAdded.Done([.. drafts.Select(draft => draft.Name)]);
            },
            cancellationToken);

    /// <summary>All customers, by name.</summary>
    public async Task<IReadOnlyList<CustomerView>> ListAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<CustomerRow>().AsNoTracking()
            .OrderBy(row => row.NameKey)
            .Select(row => new CustomerView(
                row.CustomerId, row.Name, row.Email, row.CreatedTime, db.Set<ServerRow>().Count(s => s.CustomerId == row.CustomerId)))
            .ToListAsync(cancellationToken);
    }

    internal static IReadOnlyList<RecordFault> InOrder(IEnumerable<RecordFault> faults) => [.. faults.OrderBy(fault => fault.Line ?? 0)];

    private async Task AddAsync(WriteSession session, CustomerDraft draft, string technician, CancellationToken cancellationToken)
    {
        CustomerRow row = new()
        {
            CustomerId = NewId.At(session.Now),
            Name = draft.Name,
            NameKey = RecordName.KeyOf(draft.Name),
            Email = draft.Email,
            CreatedTime = session.Now,
        };
        session.Db.Add(row);
        await audit.AppendAsync(session, new(technician, "customer.add", $"customer:{row.CustomerId}"), cancellationToken);
    }
}
