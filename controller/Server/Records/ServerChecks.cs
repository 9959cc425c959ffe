using System.Collections.Concurrent;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Records;

/// <summary>The checks that technicians set on servers' agents.</summary>
public sealed class ServerChecks(WriteGate gate, AuditLog audit, IDbContextFactory<ControllerDbContext> contexts)
{
    private readonly ConcurrentBag<Action<string>> _reactions = [];

    /// <summary>Has this done, with the server's id, whenever a plan was changed, durably. Must not throw or block.</summary>
    public void WhenChanged(Action<string> react) => _reactions.Add(react);

    /// <summary>What is set on a server's agent.</summary>
    public async Task<CheckPlan> OfAsync(string serverId, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        ServerChecksRow? row = await db.Set<ServerChecksRow>().AsNoTracking().SingleOrDefaultAsync(r => r.ServerId == serverId, cancellationToken);
        return row?.ToPlan() ?? CheckPlan.Unset;
    }

    /// <summary>Changes it: the whole change, or nothing of it. An empty change only tells what holds.</summary>
    public Task<CheckPlanChanged> ChangeAsync(string serverName, CheckPlanChange change, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync<CheckPlanChanged>(
            async (session, token) =>
            {
                string key = RecordName.KeyOf(serverName);
                ServerRow? server = await session.Db.Set<ServerRow>().SingleOrDefaultAsync(row => row.NameKey == key, token);
                if (server is null)
                    return new CheckPlanChanged.NoServer();
                ServerChecksRow? row = await session.Db.Set<ServerChecksRow>().SingleOrDefaultAsync(r => r.ServerId == server.ServerId, token);
                CheckPlan current = row?.ToPlan() ?? CheckPlan.Unset;
                if (change.IsEmpty)
                    return new CheckPlanChanged.Done(current);
                (CheckPlan? plan, IReadOnlyList<string> faults) = change.ApplyTo(current);
                return plan is null
                    ? new CheckPlanChanged.Refused(faults)
                    : await KeepAsync(session, server.ServerId, row, plan, technician, token);
            },
            cancellationToken);

    /// <summary>Adds a service to several servers in the transaction of what it is added for: to all, or to none.</summary>
    /// <returns>Every fault; empty when it was added.</returns>
    internal async Task<IReadOnlyList<string>> AddAsync(
        WriteSession session, IReadOnlyList<string> serverIds, AddedService service, string technician, CancellationToken cancellationToken)
    {
        List<(string ServerId, ServerChecksRow? Row, CheckPlan Plan)> changes = [];
        foreach (string serverId in serverIds)
        {
            ServerChecksRow? row = await session.Db.Set<ServerChecksRow>().SingleOrDefaultAsync(r => r.ServerId == serverId, cancellationToken);
            (CheckPlan? plan, IReadOnlyList<string> faults) = new CheckPlanChange([service], [], Interval: null).ApplyTo(row?.ToPlan() ?? CheckPlan.Unset);
            if (plan is null)
                return faults;
            changes.Add((serverId, row, plan));
        }

        foreach ((string serverId, ServerChecksRow? row, CheckPlan plan) in changes)
            await KeepAsync(session, serverId, row, plan, technician, cancellationToken);
        return [];
    }

    private async Task<CheckPlanChanged> KeepAsync(
        WriteSession session, string serverId, ServerChecksRow? row, CheckPlan plan, string technician, CancellationToken cancellationToken)
    {
        if (row is null)
            session.Db.Add(row = new() { ServerId = serverId, Version = 0, Services = "[]" });
        row.Take(plan);
        await session.Db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(
            session,
            new(
                technician,
                "server.set-checks",
                $"server:{serverId}",
                new Dictionary<string, string>
                {
                    ["version"] = plan.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["services"] = string.Join(' ', plan.Services.Select(service => service.ServiceId)),
                    ["interval"] = plan.Interval?.ToString() ?? "",
                }),
            cancellationToken);
        session.AfterCommit(() => Tell(serverId));
        return new CheckPlanChanged.Done(plan);
    }

    private void Tell(string serverId)
    {
        foreach (Action<string> react in _reactions)
            react(serverId);
    }
}
