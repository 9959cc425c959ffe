using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>Looks at what became of a plan: packages, scripts, and the services that it names.</summary>
internal sealed class Inspector(PackageOperator packages, Units units)
{
    /// <summary>Looks after a change. When the packages are in place, services are restarted, started and stopped first, as the plan says.</summary>
    public async Task<Inspection> AfterChangeAsync(HeldOrder order, ReadyPlan plan, Before before, CancellationToken cancellationToken)
    {
        var now = await LookAsync(order, plan, cancellationToken);
        var isInPlace = new Inspection(plan, before.Found, now, [], []).Failure is null;
        var running = isInPlace ? await RestartAsync(order, plan, cancellationToken) : await units.RunningAsync(Named(plan), cancellationToken);
        return Judge(order, plan, before, now, running);
    }

    /// <summary>Looks after a reboot, when everything that is to be started at boot was.</summary>
    public async Task<Inspection> AfterRebootAsync(HeldOrder order, ReadyPlan plan, Before before, CancellationToken cancellationToken)
    {
        var now = await LookAsync(order, plan, cancellationToken);
        return Judge(order, plan, before, now, await units.SteadyAsync(Named(plan), cancellationToken));
    }

    private Task<Found?> LookAsync(HeldOrder order, ReadyPlan plan, CancellationToken cancellationToken)
    {
        order.Append(new OrderProgress { Phase = OrderPhase.Inspecting });
        return packages.LookAsync(order, plan, cancellationToken);
    }

    private Inspection Judge(HeldOrder order, ReadyPlan plan, Before before, Found? now, IReadOnlyList<string> running) =>
        new(plan, before.Found, now, new WorkFiles(order).ReadFailedScripts(), [.. Named(plan).Select(unit => new UnitOutcome
        {
            Unit = unit,
            RanBefore = before.RunningUnits.Contains(unit),
            RunsNow = running.Contains(unit),
        })]);

    private async Task<IReadOnlyList<string>> RestartAsync(HeldOrder order, ReadyPlan plan, CancellationToken cancellationToken)
    {
        var named = Named(plan);
        foreach (var (done, unit) in named.Index())
        {
            order.Append(new OrderProgress { Phase = OrderPhase.Restarting, Done = done, Total = named.Count, Subject = unit });
            await (plan.EnabledUnits.Contains(unit) ? units.EnableAsync(unit, cancellationToken) : units.RestartAsync(unit, cancellationToken));
        }

        foreach (var unit in plan.Content.StoppedUnits)
            await units.StopAsync(unit, cancellationToken);
        return await units.SteadyAsync(named, cancellationToken);
    }

    private IReadOnlyList<string> Named(ReadyPlan plan) => units.AreKnown ? [.. plan.Content.RestartedUnits.Concat(plan.EnabledUnits).Distinct()] : [];
}
