using System.Collections.Concurrent;
using HaiSoft.Controller.Catalogues;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Offers servers the roots and the catalogue that they lack: when their agent connects, when it tells what the server holds, and when
/// something is published, then over some time. An agent that never told what its server holds does not know of catalogues.
/// </summary>
internal sealed partial class CatalogueOffers(
    PublishedCatalogues published,
    AgentStreams streams,
    IDbContextFactory<ControllerDbContext> contexts,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<CatalogueOffers> logger)
    : IHostedService
{
    // The same is offered again only when an answer should long have come.
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenServers = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentDictionary<string, HeldByServer> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Offered> _offered = new(StringComparer.Ordinal);
    private readonly CancellationToken _stopping = lifetime.ApplicationStopping;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            await foreach (ServerCatalogueRow row in db.Set<ServerCatalogueRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
                _held[row.ServerId] = new(row.Pinned, row.RootVersion, row.CatalogueVersion, row.Refusal.Length > 0);
        }

        published.WhenChanged(() => _ = OfferToAllAsync());
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A server's agent has told, durably, what the server holds.</summary>
    public void Told(string serverId, HeldByServer held)
    {
        _held[serverId] = held;
        if (!held.Refuses)
            _ = OfferAsync(serverId, held);
    }

    /// <summary>A server's agent has connected.</summary>
    public void Connected(string serverId)
    {
        if (_held.TryGetValue(serverId, out HeldByServer held))
            _ = OfferAsync(serverId, held);
    }

    private async Task OfferToAllAsync()
    {
        try
        {
            foreach (string serverId in streams.ConnectedServers())
            {
                if (_held.TryGetValue(serverId, out HeldByServer held) && await OfferAsync(serverId, held))
                    await Task.Delay(BetweenServers, time, _stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The rest is offered when they connect.
        }
    }

    // Off the caller's thread, which may be the writer's. What the server has told since then decides by itself, and may be a refusal.
    // What fails here comes with the agent's next stream.
    private async Task<bool> OfferAsync(string serverId, HeldByServer held)
    {
        await Task.Yield();
        try
        {
            PublishedTrust current = await published.CurrentAsync(_stopping);
            if (_held.GetValueOrDefault(serverId) != held || current.OfferTo(held) is not { } offer || !IsDue(serverId, held, current))
                return false;
            return streams.Say(serverId, new ConnectResponse { Trust = offer });
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            Log.NotOffered(logger, e, serverId);
            return false;
        }
    }

    private bool IsDue(string serverId, HeldByServer held, PublishedTrust current)
    {
        Offered now = new(held with { Refuses = false }, current.RootVersion, current.CatalogueVersion, time.GetTimestamp());
        if (_offered.TryGetValue(serverId, out Offered before)
            && before with { At = now.At } == now
            && time.GetElapsedTime(before.At) < Again)
            return false;
        _offered[serverId] = now;
        return true;
    }

    // What was offered last, to a server that held what.
    private readonly record struct Offered(HeldByServer To, long RootVersion, long CatalogueVersion, long At);

    private static partial class Log
    {
        [LoggerMessage(1591, LogLevel.Error, "What server {ServerId} lacks of roots and catalogue could not be offered; it comes when its agent connects")]
        public static partial void NotOffered(ILogger logger, Exception exception, string serverId);
    }
}
