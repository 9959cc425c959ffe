using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Fleet;

/// <summary>Shows servers with their state of the moment.</summary>
internal sealed class FleetView(
    IDbContextFactory<ControllerDbContext> contexts, ComponentStates components, ServerObservations observations, ServerClocks clocks, OrderRight orders)
{
    /// <summary>All servers, by name.</summary>
    public async Task<IReadOnlyList<ServerView>> ListAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await WithStateAsync(db, await RecordsAsync(db, db.Set<ServerRow>(), cancellationToken), only: null, cancellationToken);
    }

    /// <summary>The servers that a customer rents, by name.</summary>
    public async Task<IReadOnlyList<ServerView>> ListOfCustomerAsync(string customerId, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<ServerRow> rented = db.Set<ServerRow>().Where(row => row.CustomerId == customerId);
        return await WithStateAsync(db, await RecordsAsync(db, rented, cancellationToken), cancellationToken);
    }

    /// <summary>The server of this name that a customer rents; absent when it rents none of it.</summary>
    public Task<ServerView?> FindOfCustomerAsync(string customerId, string name, CancellationToken cancellationToken)
    {
        string key = RecordName.KeyOf(name);
        return SingleAsync(servers => servers.Where(row => row.NameKey == key && row.CustomerId == customerId), cancellationToken);
    }

    /// <summary>The server of this name; absent when there is none.</summary>
    public Task<ServerView?> FindAsync(string name, CancellationToken cancellationToken)
    {
        string key = RecordName.KeyOf(name);
        return SingleAsync(servers => servers.Where(row => row.NameKey == key), cancellationToken);
    }

    /// <summary>The server of this id; absent when there is none.</summary>
    public Task<ServerView?> FindByIdAsync(string serverId, CancellationToken cancellationToken) =>
        SingleAsync(servers => servers.Where(row => row.ServerId == serverId), cancellationToken);

    /// <summary>What a server is made of, in pairs for people; empty before it was reported.</summary>
    public async Task<IReadOnlyList<ServerFact>> FactsOfAsync(string serverId, CancellationToken cancellationToken) =>
        [
            .. await observations.InventoryOfAsync(serverId, cancellationToken) is { } inventory ? InventoryFacts.Of(inventory) : [],
            .. await clocks.DescribeAsync(serverId, cancellationToken) is { Length: > 0 } clock ? [new ServerFact("Clock", clock)] : Array.Empty<ServerFact>(),
        ];

    private async Task<ServerView?> SingleAsync(
        Func<IQueryable<ServerRow>, IQueryable<ServerRow>> which, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<ServerView> records = await RecordsAsync(db, which(db.Set<ServerRow>()), cancellationToken);
        return (await WithStateAsync(db, records, cancellationToken)).SingleOrDefault();
    }

    private static async Task<List<ServerView>> RecordsAsync(
        ControllerDbContext db, IQueryable<ServerRow> servers, CancellationToken cancellationToken)
    {
        var rows = await (
            from server in servers.AsNoTracking()
            join customer in db.Set<CustomerRow>() on server.CustomerId equals customer.CustomerId
            join host in db.Set<ServerRow>() on server.HostId equals host.ServerId into hosts
            from host in hosts.DefaultIfEmpty()
            orderby server.NameKey
            select new { Server = server, Customer = customer.Name, Host = host == null ? "" : host.Name }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ServerView(
            row.Server.ServerId,
            row.Server.Name,
            row.Customer,
            row.Server.Kind,
            row.Server.Rack ?? "",
            row.Host,
            Fee.OfCents(row.Server.FeeCents, row.Server.FeePeriod),
            row.Server.FromDate,
            row.Server.BackupOption))];
    }

    private Task<IReadOnlyList<ServerView>> WithStateAsync(ControllerDbContext db, List<ServerView> records, CancellationToken cancellationToken) =>
        WithStateAsync(db, records, [.. records.Select(record => record.ServerId)], cancellationToken);

    private async Task<IReadOnlyList<ServerView>> WithStateAsync(
        ControllerDbContext db, List<ServerView> records, IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, Health> worst = await components.WorstOfServersAsync(only, cancellationToken);
        IReadOnlyDictionary<string, AgentConnection> connections = await observations.ConnectionsAsync(only, cancellationToken);
        IReadOnlyDictionary<string, string> systems = await observations.OsNamesAsync(only, cancellationToken);
        IReadOnlyDictionary<string, IReadOnlyList<string>> seen = await observations.WarningsAsync(only, cancellationToken);
        KnownAgents agents = await KnownAgents.ReadAsync(db, only, cancellationToken);
        IQueryable<IncidentRow> unresolved = db.Set<IncidentRow>().Where(row => row.State != IncidentState.Resolved);
        Dictionary<string, int> open = await (only is null ? unresolved : unresolved.Where(row => only.Contains(row.ServerId)))
            .GroupBy(row => row.ServerId)
            .Select(same => new { ServerId = same.Key, Count = same.Count() })
            .ToDictionaryAsync(row => row.ServerId, row => row.Count, cancellationToken);
        return [.. records.Select(record => record with
        {
            Health = worst.GetValueOrDefault(record.ServerId, Health.Unknown),
            Presence = agents.PresenceOf(record.ServerId, connections.GetValueOrDefault(record.ServerId)),
            LastReportAt = connections.GetValueOrDefault(record.ServerId)?.LastReportAt,
            OpenIncidents = open.GetValueOrDefault(record.ServerId),
            Warnings = [.. seen.GetValueOrDefault(record.ServerId, []), .. agents.WarningsOf(record.ServerId, connections.ContainsKey(record.ServerId))],
            OrdersWithheld = orders.WithheldBecause(agents.LastOf(record.ServerId)),
            OsName = systems.GetValueOrDefault(record.ServerId, ""),
        })];
    }
}
