using System.Text.Json;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Ingest;

/// <summary>Shows what agents tell of their servers and of themselves.</summary>
public sealed class ServerObservations(IDbContextFactory<ControllerDbContext> contexts, AgentStreams streams)
{
    /// <summary>The last inventory of a server; absent before the first.</summary>
    public async Task<ServerInventory?> InventoryOfAsync(string serverId, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        string? json = await db.Set<InventoryRow>().AsNoTracking()
            .Where(row => row.ServerId == serverId).Select(row => row.Inventory).SingleOrDefaultAsync(cancellationToken);
        return json is null ? null : JsonSerializer.Deserialize<ServerInventory>(json);
    }

    /// <summary>The operating systems of these servers, or of all, that reported one, by server id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OsNamesAsync(IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<InventoryRow> all = db.Set<InventoryRow>().AsNoTracking();
        var rows = await (only is null ? all : all.Where(row => only.Contains(row.ServerId)))
            .Select(row => new { row.ServerId, row.Inventory }).ToArrayAsync(cancellationToken);
        return rows
            .Select(row => (row.ServerId, JsonSerializer.Deserialize<ServerInventory>(row.Inventory)!.OsName))
            .Where(pair => pair.OsName is not null)
            .ToDictionary(pair => pair.ServerId, pair => pair.OsName!, StringComparer.Ordinal);
    }

    /// <summary>
    /// What disagrees with the records of these servers, or of all, or cannot be trusted, in words, by server id. Servers without are left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> WarningsAsync(
        IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<ServerWarningRow> all = db.Set<ServerWarningRow>().AsNoTracking();
        ServerWarningRow[] rows = await (only is null ? all : all.Where(row => only.Contains(row.ServerId))).ToArrayAsync(cancellationToken);
        return rows.GroupBy(row => row.ServerId).ToDictionary(
            g => g.Key, g => (IReadOnlyList<string>)[.. g.OrderBy(row => row.SinceTime).Select(row => row.Text)], StringComparer.Ordinal);
    }

    /// <summary>The connections of the agents of these servers, or of all, that ever dialled, by server id.</summary>
    public async Task<IReadOnlyDictionary<string, AgentConnection>> ConnectionsAsync(
        IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlySet<string> connected = streams.ConnectedServers();
        IQueryable<AgentLinkRow> all = db.Set<AgentLinkRow>().AsNoTracking();
        AgentLinkRow[] rows = await (only is null ? all : all.Where(row => only.Contains(row.ServerId))).ToArrayAsync(cancellationToken);
        return rows.ToDictionary(
            row => row.ServerId,
            row => new AgentConnection(
                row.AgentVersion,
                connected.Contains(row.ServerId),
                row.ConnectedTime,
                row.DisconnectedTime,
                streams.LastReportOf(row.ServerId) ?? row.LastReportTime,
                TimeSpan.FromMicroseconds(row.ClockOffsetMicroseconds),
                row.ConfigurationVersion),
            StringComparer.Ordinal);
    }
}

/// <summary>The connection to an agent.</summary>
/// <param name="AgentVersion">The agent's version.</param>
/// <param name="Connected">Its stream is open on this controller.</param>
/// <param name="ConnectedAt">When its last stream opened.</param>
/// <param name="DisconnectedAt">When its last stream ended; absent while one is open.</param>
/// <param name="LastReportAt">When its last report became durable; absent before the first.</param>
/// <param name="ClockOffset">What must be added to its wall clock to get ours.</param>
/// <param name="ConfigurationVersion">The configuration that it works by; 0 for its defaults.</param>
public sealed record AgentConnection(
    string AgentVersion,
    bool Connected,
    DateTimeOffset ConnectedAt,
    DateTimeOffset? DisconnectedAt,
    DateTimeOffset? LastReportAt,
    TimeSpan ClockOffset,
    long ConfigurationVersion);
