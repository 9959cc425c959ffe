using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Console.Servers;

/// <summary>Puts together what the pages show of servers: record, health, presence, open incidents.</summary>
internal sealed class ServerCards(IDbContextFactory<ControllerDbContext> contexts, ComponentStates states, IncidentBoard board, AgentStreams streams)
{
    /// <summary>All servers: those with open incidents first, then the worst, then by name.</summary>
    public async Task<IReadOnlyList<ServerCard>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customers = await db.Set<CustomerRow>().AsNoTracking().ToDictionaryAsync(c => c.CustomerId, c => c.Name, cancellationToken);
        var rows = await db.Set<ServerRow>().AsNoTracking().ToListAsync(cancellationToken);
        var names = rows.ToDictionary(row => row.ServerId, row => row.Name);
        var worst = await states.WorstOfServersAsync(cancellationToken);
        var incidents = (await board.ListAsync(includeResolved: false, serverId: null, cancellationToken)).Incidents.ToLookup(i => i.ServerId);
        return [.. rows
            .Select(row => new ServerCard
            {
                ServerId = row.ServerId,
                Name = row.Name,
                Customer = customers[row.CustomerId],
                Kind = row.Kind,
                Place = row.Rack ?? (row.HostId is { } host ? names[host] : ""),
                Fee = Fee.OfCents(row.FeeCents, row.FeePeriod),
                From = row.FromDate,
                BackupOption = row.BackupOption,
                Health = worst.GetValueOrDefault(row.ServerId, Health.Unknown),
                PresenceWord = streams.IsConnected(row.ServerId) ? new Word("presence.connected", "healthy", "plug-connected") : new Word("presence.disconnected", "unknown", "plug-connected-x"),
                OpenIncidents = incidents[row.ServerId].Count(),
                Warnings = [],
            })
            .OrderByDescending(card => card.OpenIncidents > 0)
            .ThenBy(card => card.Health switch { Health.Failed => 0, Health.Unknown => 1, Health.Degrading => 2, _ => 3 })
            .ThenBy(card => card.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The server of this name; absent when there is none.</summary>
    public async Task<ServerCard?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).FirstOrDefault(card => card.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
