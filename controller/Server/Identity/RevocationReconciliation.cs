using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// At start: what the log holds is marked in a database that was restored; what only the database knows goes into the log. A log that
/// was lost or damaged leaves the list <i>unconfirmed</i>, across restarts, until an administrator removes the file that says so.
/// </summary>
internal sealed partial class RevocationReconciliation(
    RevocationLog log, Revocations revocations, WriteGate gate, DataFolder folder, ILogger<RevocationReconciliation> logger)
    : IHostedLifecycleService
{
    /// <summary>Why the list cannot be trusted to be whole; empty when it can. While it is not, no order may be sent (DESIGN 4).</summary>
    public string Unconfirmed { get; private set; } = "";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        string loss = await gate.WriteAsync(ReconcileAsync, cancellationToken);
        if (loss.Length > 0)
            UnconfirmedRevocations.Mark(folder, loss);
        Unconfirmed = UnconfirmedRevocations.Read(folder);
        if (Unconfirmed.Length > 0)
            Log.IsUnconfirmed(logger, Unconfirmed, UnconfirmedRevocations.PathIn(folder));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string> ReconcileAsync(WriteSession session, CancellationToken cancellationToken)
    {
        List<AgentRow> agents = await session.Db.Set<AgentRow>().ToListAsync(cancellationToken);
        int onlyInDatabase = 0;
        foreach (AgentRow agent in agents)
        {
            if (revocations.Of(agent.AgentId) is { } revocation)
            {
                if (agent.RevokedTime is null)
                    Revocations.Mark(agent, revocation);
            }
            else if (agent.RevokedTime is { } time)
            {
                onlyInDatabase++;
                revocations.Restore(new(agent.AgentId, agent.ServerId, time, agent.RevokedBy ?? "", agent.RevokedReason ?? ""));
            }
        }

        await session.Db.SaveChangesAsync(cancellationToken);
        return Loss(agents.Count, onlyInDatabase);
    }

    private string Loss(int agents, int onlyInDatabase) => log switch
    {
        { Damage.Length: > 0 } => $"The log of revocations was damaged: {log.Damage}.",
        { WasMissing: true } when agents > 0 => "The log of revocations was missing, but agents are enrolled.",
        _ when onlyInDatabase > 0 => $"The log of revocations lacked {onlyInDatabase} that the database knows.",
        _ => "",
    };

    private static partial class Log
    {
        [LoggerMessage(2021, LogLevel.Critical, "Revocations unconfirmed: {Reason} Revoke again what is missing, then remove {MarkFile} and restart; "
            + "until then no order is sent")]
        public static partial void IsUnconfirmed(ILogger logger, string reason, string markFile);
    }
}
