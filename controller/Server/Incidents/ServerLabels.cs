using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Incidents;

/// <summary>What is shown of the server that an incident is on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Customer">Its customer's name.</param>
/// <param name="Place">Its rack, or the name of the host that carries it; empty when the record names none.</param>
internal sealed record ServerLabel(string Name, string Customer, string Place);

/// <summary>Reads the labels of servers from their records.</summary>
internal static class ServerLabels
{
    /// <summary>The label of each of these servers; one that is not in the records is shown by its id.</summary>
    public static async Task<IReadOnlyDictionary<string, ServerLabel>> OfAsync(
        ControllerDbContext db, IEnumerable<string> serverIds, CancellationToken cancellationToken)
    {
        string[] ids = [.. serverIds.Distinct()];
        Dictionary<string, ServerLabel> labels = ids.ToDictionary(id => id, id => new ServerLabel(id, "", ""), StringComparer.Ordinal);
        // SQLite binds so many parameters to a statement at once, and no more.
        foreach (string[] some in ids.Chunk(500))
        {
            var rows = await (
                from server in db.Set<ServerRow>().AsNoTracking()
                join customer in db.Set<CustomerRow>() on server.CustomerId equals customer.CustomerId
                join carrier in db.Set<ServerRow>() on server.HostId equals carrier.ServerId into carriers
                from host in carriers.DefaultIfEmpty()
                where some.Contains(server.ServerId)
                select new { server.ServerId, server.Name, Customer = customer.Name, Place = server.Rack ?? host.Name ?? "" })
                .ToArrayAsync(cancellationToken);
            foreach (var row in rows)
                labels[row.ServerId] = new(row.Name, row.Customer, row.Place);
        }

        return labels;
    }
}
