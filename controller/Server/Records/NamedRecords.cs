using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Records;

/// <summary>The records that new servers may refer to by name.</summary>
internal sealed class NamedRecords
{
    private readonly Dictionary<string, string> _customers;
    private readonly Dictionary<string, Named> _servers;

    private NamedRecords(Dictionary<string, string> customers, Dictionary<string, Named> servers)
    {
        _customers = customers;
        _servers = servers;
    }

    public static async Task<NamedRecords> ReadAsync(WriteSession session, CancellationToken cancellationToken) =>
        new(
            await session.Db.Set<CustomerRow>().ToDictionaryAsync(row => row.NameKey, row => row.CustomerId, cancellationToken),
            await session.Db.Set<ServerRow>().AsNoTracking()
                .ToDictionaryAsync(row => row.NameKey, row => new Named(row.ServerId, row.Kind), cancellationToken));

    public string? CustomerId(string name) => _customers.GetValueOrDefault(RecordName.KeyOf(name));

    public string? HostId(string name) => _servers.GetValueOrDefault(RecordName.KeyOf(name))?.Id;

    public void Added(ServerRow row) => _servers.Add(row.NameKey, new(row.ServerId, row.Kind));

    /// <summary>Names that are taken, customers that do not exist, hosts that do not or cannot carry a server.</summary>
    public IEnumerable<RecordFault> FaultsOf(IReadOnlyList<ServerDraft> drafts)
    {
        ILookup<string, ServerDraft> together = drafts.ToLookup(draft => RecordName.KeyOf(draft.Name));
        return TakenNames.Of(drafts.Select(draft => (draft.Name, draft.Line)), "server", _servers.Keys.ToHashSet())
            .Concat(drafts.SelectMany(CustomerFaults))
            .Concat(drafts.SelectMany(draft => HostFaults(draft, together)));
    }

    private IEnumerable<RecordFault> CustomerFaults(ServerDraft draft)
    {
        if (draft.Customer.Length > 0 && CustomerId(draft.Customer) is null)
        {
            yield return new(
                RecordFaultKind.Missing,
                $"there is no customer '{draft.Customer}': add it first (haisoftctl customer add), or see haisoftctl customer list",
                draft.Line);
        }
    }

    private IEnumerable<RecordFault> HostFaults(ServerDraft draft, ILookup<string, ServerDraft> together)
    {
        if (draft.Kind != ServerKind.Virtual || draft.Host.Length == 0)
            yield break;
        string key = RecordName.KeyOf(draft.Host);
        ServerKind? kind = _servers.GetValueOrDefault(key)?.Kind ?? together[key].FirstOrDefault()?.Kind;
        if (kind is null)
        {
            yield return new(
                RecordFaultKind.Missing,
                $"there is no host '{draft.Host}': add it as a dedicated server first, or in the same file",
                draft.Line);
        }
        else if (kind == ServerKind.Virtual)
        {
            yield return new(
                RecordFaultKind.Invalid, $"the host '{draft.Host}' is a virtual server itself: name the dedicated one that carries it", draft.Line);
        }
    }

    private sealed record Named(string Id, ServerKind Kind);
}
