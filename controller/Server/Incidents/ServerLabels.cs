using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaiSoft.Controller.Incidents;

/// <summary>What is shown of the server that an incident is on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Customer">Its customer's name.</param>
/// <param name="Place">Its rack, or the name of the host that carries it; empty when the record names none.</param>
internal sealed record ServerLabel(string Name, string Customer, string Place);

/// <summary>Reads the labels of servers from their records.</summary>
internal static class ServerLabels
{
    private const string Select = """
        SELECT s.server_id, s.name, c.name AS customer, COALESCE(s.rack, h.name, '') AS place
        FROM servers s
        JOIN customers c ON c.customer_id = s.customer_id
        LEFT JOIN servers h ON h.server_id = s.host_id
        WHERE s.server_id IN @ids
        """;

    /// <summary>The label of each of these servers; one that is not in the records is shown by its id.</summary>
    public static async Task<IReadOnlyDictionary<string, ServerLabel>> OfAsync(
        ControllerDbContext db, IEnumerable<string> serverIds, CancellationToken cancellationToken)
    {
        string[] ids = [.. serverIds.Distinct()];
        Dictionary<string, ServerLabel> labels = ids.ToDictionary(id => id, id => new ServerLabel(id, "", ""), StringComparer.Ordinal);
        DbConnection connection = db.Database.GetDbConnection();
        // SQLite binds so many parameters to a statement at once, and no more.
        foreach (string[] some in ids.Chunk(500))
        {
            IEnumerable<(string Id, string Name, string Customer, string Place)> rows =
                await connection.QueryAsync<(string Id, string Name, string Customer, string Place)>(new CommandDefinition(
                    Select, new { ids = some }, db.Database.CurrentTransaction?.GetDbTransaction(), cancellationToken: cancellationToken));
            foreach ((string id, string name, string customer, string place) in rows)
                labels[id] = new(name, customer, place);
        }

        return labels;
    }
}
