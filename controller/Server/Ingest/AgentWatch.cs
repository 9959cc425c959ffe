using Dapper;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Sources;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Notices what does not come: agents whose stream is closed for too long are silent; sources and services of connected
/// agents that were not observed for 15 minutes are findings (SLA 4.6).
/// </summary>
internal sealed partial class AgentWatch(
    WriteGate gate, Correlation correlation, IOptions<IngestOptions> options, TimeProvider time, ILogger<AgentWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    // As long as the helper itself waits for the server to go down and come back.
    private static readonly TimeSpan RebootsWithin = TimeSpan.FromMinutes(15);

    // What was left open was cut by the end of the process that held it.
    private const string CloseLeftOpen = "UPDATE agent_links SET disconnected_time = @now WHERE disconnected_time IS NULL";

    // A revoked agent is silent because it was told to be, and one whose server reboots by an order because it cannot speak.
    private const string Silent = """
        SELECT l.server_id, l.disconnected_time AS since FROM agent_links l
        LEFT JOIN components c ON c.server_id = l.server_id AND c.component_id = @component
        WHERE l.disconnected_time IS NOT NULL AND l.disconnected_time <= @before AND (c.health IS NULL OR c.health <> @unknown)
          AND EXISTS (SELECT 1 FROM agents a WHERE a.server_id = l.server_id AND a.revoked_time IS NULL)
          AND NOT EXISTS (
            SELECT 1 FROM operations o JOIN operation_events e ON e.operation_number = o.operation_number
            WHERE o.server_id = l.server_id AND o.state = @rebooting AND e.step = @reboot AND e.occurred_time > @announced)
        """;

    private const string Stale = """
        SELECT c.server_id, c.component_id, c.kind, c.title, c.last_read_time AS last_read FROM components c
        JOIN agent_links l ON l.server_id = c.server_id
        WHERE l.disconnected_time IS NULL AND l.connected_time <= @before AND c.present = 1 AND c.kind IN (6, 7)
          AND c.health IN (1, 2) AND c.last_read_time <= @before AND c.last_read_time <= @now - 2 * c.interval_microseconds
        """;

    private DateTimeOffset _startedAt;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _startedAt = time.GetUtcNow();
        await gate.WriteAsync(
            (session, token) => session.Connection.ExecuteAsync(new CommandDefinition(
                CloseLeftOpen, new { now = session.Now.ToUnixMicroseconds() }, session.Transaction, cancellationToken: token)),
            cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
    }

    /// <summary>Looks once.</summary>
    internal Task LookAsync(CancellationToken cancellationToken) => gate.WriteAsync(
        async (session, token) =>
        {
            await LookForSilenceAsync(session, token);
            await LookForStaleAsync(session, token);
        },
        cancellationToken);

    // Nobody could be heard before this controller listened.
    private async Task LookForSilenceAsync(WriteSession session, CancellationToken cancellationToken)
    {
        if (session.Now - _startedAt < options.Value.SilenceAfter)
            return;
        (string ServerId, long Since)[] silent = [.. await session.Connection.QueryAsync<(string ServerId, long Since)>(new CommandDefinition(
            Silent,
            new
            {
                component = AgentComponents.Link,
                before = (session.Now - options.Value.SilenceAfter).ToUnixMicroseconds(),
                unknown = (int)Health.Unknown,
                rebooting = (int)OperationState.Rebooting,
                reboot = (int)OperationStep.Reboot,
                announced = (session.Now - RebootsWithin).ToUnixMicroseconds(),
            },
            session.Transaction,
            cancellationToken: cancellationToken))];
        foreach ((string serverId, long since) in silent)
        {
            ObservedVerdict seen = new(
                AgentComponents.Link,
                ComponentKind.Agent,
                AgentComponents.LinkTitle,
                session.Now,
                AgentRules.Silent(session.Now - since.FromUnixMicroseconds()));
            await ObserveAsync(session, serverId, [seen], cancellationToken);
        }
    }

    private async Task LookForStaleAsync(WriteSession session, CancellationToken cancellationToken)
    {
        IEnumerable<StaleRow> stale = await session.Connection.QueryAsync<StaleRow>(new CommandDefinition(
            Stale,
            new { now = session.Now.ToUnixMicroseconds(), before = (session.Now - Debouncing.UnreadLimit).ToUnixMicroseconds() },
            session.Transaction,
            cancellationToken: cancellationToken));
        foreach (IGrouping<string, StaleRow> server in stale.GroupBy(row => row.ServerId).ToArray())
        {
            await ObserveAsync(
                session,
                server.Key,
                server.Select(row => new ObservedVerdict(
                    row.ComponentId,
                    (ComponentKind)row.Kind,
                    row.Title,
                    session.Now,
                    SourceRules.NotReadFor(row.Title, session.Now - row.LastRead.FromUnixMicroseconds()))),
                cancellationToken);
        }
    }

    private async Task ObserveAsync(
        WriteSession session, string serverId, IEnumerable<Observed> observations, CancellationToken cancellationToken)
    {
        if (ServerRecord.Find(session, serverId) is not { } record)
            return;
        Judgement judgement = Judgement.Begin(session, serverId);
        foreach (Observed observed in observations)
            await judgement.ObserveAsync(observed, cancellationToken);
        await correlation.ApplyAsync(session, record.Dedicated, judgement.Changes, cancellationToken);
    }

    private sealed record StaleRow(string ServerId, string ComponentId, long Kind, string Title, long LastRead);

    private static partial class Log
    {
        [LoggerMessage(1521, LogLevel.Error, "Looking for silent agents and stale sources failed; tried again in 5 s")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
