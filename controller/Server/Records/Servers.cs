using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Records;

/// <summary>The records of servers.</summary>
public sealed class Servers(WriteGate gate, AuditLog audit, IDbContextFactory<ControllerDbContext> contexts)
{
    /// <summary>Adds servers: all, or none when one has a fault. A host may stand anywhere in the same list.</summary>
    public Task<RecordsAdded> AddAsync(IReadOnlyList<ServerDraft> drafts, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync<RecordsAdded>(
            async (session, token) =>
            {
                NamedRecords named = await NamedRecords.ReadAsync(session, token);
                List<RecordFault> faults = [.. drafts.SelectMany(draft => draft.Faults()), .. named.FaultsOf(drafts)];
                if (faults.Count > 0)
                    return new RecordsAdded.Refused(Customers.InOrder(faults));
                // Hosts first: guests refer to them.
                foreach (IGrouping<ServerKind?, ServerDraft> kind in drafts.GroupBy(draft => draft.Kind).OrderBy(group => group.Key))
                    await AddAsync(session, [.. kind], named, technician, token);
                return new RecordsAdded.Done([.. drafts.Select(draft => draft.Name)]);
            },
            cancellationToken);

    /// <summary>The id of the server of this name; absent when there is none.</summary>
    public async Task<string?> FindIdAsync(string name, CancellationToken cancellationToken)
    {
        string key = RecordName.KeyOf(name);
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<ServerRow>().Where(row => row.NameKey == key).Select(row => row.ServerId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The names of all servers, by id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<ServerRow>().ToDictionaryAsync(row => row.ServerId, row => row.Name, cancellationToken);
    }

    private async Task AddAsync(
        WriteSession session, IReadOnlyList<ServerDraft> drafts, NamedRecords named, string technician, CancellationToken cancellationToken)
    {
        ServerRow[] rows = [.. drafts.Select(draft => RowOf(draft, named, session.Now))];
        session.Db.AddRange(rows);
        await session.Db.SaveChangesAsync(cancellationToken);
        foreach (ServerRow row in rows)
        {
            named.Added(row);
            await audit.AppendAsync(
                session,
                new(technician, "server.add", $"server:{row.ServerId}", new Dictionary<string, string> { ["name"] = row.Name }),
                cancellationToken);
        }
    }

    private static ServerRow RowOf(ServerDraft draft, NamedRecords named, DateTimeOffset now) => new()
    {
        ServerId = NewId.At(now),
        Name = draft.Name,
        NameKey = RecordName.KeyOf(draft.Name),
        CustomerId = named.CustomerId(draft.Customer)!,
        Kind = draft.Kind!.Value,
        Rack = draft.Kind == ServerKind.Dedicated ? draft.Rack : null,
        HostId = draft.Kind == ServerKind.Virtual ? named.HostId(draft.Host) : null,
        FeeCents = draft.Fee!.Cents,
        FeePeriod = draft.Fee.Period,
        FromDate = draft.From!.Value,
        BackupOption = draft.BackupOption,
        CreatedTime = now,
    };
}
