using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Sources;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Sees when two machines speak for one agent, and makes a finding of every identity that is in doubt until a technician has decided
/// (DESIGN 4). It looks at what is, not at what changes: after a restart or a restore it comes to the same.
/// </summary>
internal sealed partial class IdentityWatch(
    AgentStreams streams,
    IdentityDoubt doubt,
    IDbContextFactory<ControllerDbContext> contexts,
    WriteGate gate,
    Correlation correlation,
    TimeProvider time,
    ILogger<IdentityWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    // A half-open stream is dead after 30 s (DESIGN 3): what stands for a minute is alive.
    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(1);

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
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        (HashSet<string> doubted, HashSet<string> told) = await ReadAsync(cancellationToken);
        foreach (string agentId in streams.SpokenForTwice(time.GetUtcNow() - Alive))
            await doubt.RaiseAsync(agentId, "two machines report with it at the same time", cancellationToken);
        foreach (string serverId in doubted.Except(told))
            await TellAsync(serverId, AgentRules.IdentityInDoubt(), cancellationToken);
        foreach (string serverId in told.Except(doubted))
            await TellAsync(serverId, AgentRules.IdentityTrusted(), cancellationToken);
    }

    private async Task<(HashSet<string> Doubted, HashSet<string> Told)> ReadAsync(CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        HashSet<string> doubted = await db.Set<AgentRow>()
            .Where(row => row.InDoubtTime != null && row.RevokedTime == null)
            .Select(row => row.ServerId)
            .ToHashSetAsync(cancellationToken);
        HashSet<string> told = await db.Set<ComponentRow>()
            .Where(row => row.Kind == ComponentKind.Agent && row.ComponentId == AgentComponents.Identity && row.Health == Health.Failed)
            .Select(row => row.ServerId)
            .ToHashSetAsync(cancellationToken);
        return (doubted, told);
    }

    private Task TellAsync(string serverId, Verdict verdict, CancellationToken cancellationToken) => gate.WriteAsync(
        async (session, token) =>
        {
            if (ServerRecord.Find(session, serverId) is not { } record)
                return;
            Judgement judgement = Judgement.Begin(session, serverId);
            await judgement.ObserveAsync(
                new ObservedVerdict(AgentComponents.Identity, ComponentKind.Agent, AgentComponents.IdentityTitle, session.Now, verdict), token);
            await correlation.ApplyAsync(session, record.Dedicated, judgement.Changes, token);
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1561, LogLevel.Error, "Looking for doubted identities failed; tried again in 5 s")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
