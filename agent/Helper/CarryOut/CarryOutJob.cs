using HaiSoft.Agent.Helper.Files;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>
/// Carries an order out that was recorded to be started: once. Run again for the same order, it finds out what became of the first time,
/// and tells that, or repairs what was broken off.
/// </summary>
internal sealed class CarryOutJob(OrderJournal journal, PackageOperator packages, Units units, Inspector inspector, RebootJob reboot)
{
    private const int MostRepairs = 2;

    /// <summary>Does what there is to do for an order; nothing when another process does it.</summary>
    public async Task RunAsync(string orderId, CancellationToken cancellationToken)
    {
        if (journal.Find(orderId) is not { } order)
            return;
        await using var mine = order.TryLock();
        if (mine is null || order.HasEnded() || order.State() is not (OrderState.Intent or OrderState.Running or OrderState.Unknown or OrderState.Rebooting))
            return;
        if (order.TryMarkStarted())
            await StartAsync(order, cancellationToken);
        else if (order.State() == OrderState.Rebooting)
            await reboot.GoOnAsync(order, cancellationToken);
        else if (!FileLock.IsHeld(new WorkFiles(order).Lock))
            await ReconcileAsync(order, cancellationToken);
        if (order.HasEnded())
            CleanUp(order);
    }

    private async Task StartAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        order.Append(new OrderStep { State = OrderState.Running });
        if (ReadyPlan.Read(order) is not { } plan || !AreApproved(order, plan))
        {
            order.Fail(OrderFailure.PlanLost, "The plan's files are not there any more as they were approved.", outcome: null);
            return;
        }

        if (await packages.LookAsync(order, plan, cancellationToken) is not { } found)
        {
            order.Fail(OrderFailure.Helper, "What is installed cannot be told, so nothing was begun.", outcome: null);
            return;
        }

        var before = new Before(found, await units.RunningAsync(plan.Content.RestartedUnits, cancellationToken));
        new WorkFiles(order).Write(before);
        if (await packages.ChangeAsync(order, plan, cancellationToken) is { } end)
            await ConcludeAsync(order, plan, before, end, cancellationToken);
        else if (!FileLock.IsHeld(new WorkFiles(order).Lock))
            await ReconcileAsync(order, cancellationToken);
    }

    private static bool AreApproved(HeldOrder order, ReadyPlan plan)
    {
        var changes = plan.Content.Changes.Where(change => change.File is not null || change.OldFile is not null).ToList();
        foreach (var (done, change) in changes.Index())
        {
            var subject = $"{change.Name}-{(change.File is null ? change.OldVersion : change.NewVersion)}.{change.Architecture}";
            order.Append(new OrderProgress { Phase = OrderPhase.Verifying, Done = done, Total = changes.Count, Subject = subject });
            if (!plan.IsApproved(change))
                return false;
        }

        return true;
    }

    // The package manager has ended by itself. What it says of itself matters only where nothing has changed.
    private async Task ConcludeAsync(HeldOrder order, ReadyPlan plan, Before before, OperateEnd end, CancellationToken cancellationToken)
    {
        var found = await inspector.AfterChangeAsync(order, plan, before, cancellationToken);
        var said = Enum.TryParse<OrderFailure>(end.Reason, ignoreCase: true, out var reason) ? reason : (OrderFailure?)null;
        if (found.Failure is null)
            await EndInPlaceAsync(order, plan, new OrderStep { State = OrderState.Succeeded, Outcome = found.Outcome }, cancellationToken);
        else if (found.Failure is OrderFailure.Incomplete && found.IsUnchanged && said is { } why)
            order.Fail(why, end.Detail, found.Outcome);
        else
            order.Fail(found.Failure.Value, OrderEnds.Words(found.Failure.Value, end.Detail), found.Outcome);
    }

    private async Task ReconcileAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        var files = new WorkFiles(order);
        if (files.ReadBefore() is not { } before)
        {
            order.Fail(OrderFailure.BrokenOff, "It was broken off before anything was changed.", outcome: null);
            return;
        }

        if (ReadyPlan.Read(order) is not { } plan)
        {
            order.LeaveUnknown("It was broken off, and its plan is not there any more.", outcome: null);
            return;
        }

        if (order.UnknownCount() == 0 && files.ReadEnd() is { } end)
        {
            await ConcludeAsync(order, plan, before, end, cancellationToken);
            return;
        }

        var found = await inspector.AfterChangeAsync(order, plan, before, cancellationToken);
        if (order.UnknownCount() == 0 && found.IsUnchanged)
            order.Fail(OrderFailure.BrokenOff, "It was broken off before anything was changed.", found.Outcome);
        else
            await RepairAsync(order, plan, before, found, cancellationToken);
    }

    // The files may be all there, and a script was broken off: only what has ended is taken as done.
    private async Task RepairAsync(HeldOrder order, ReadyPlan plan, Before before, Inspection found, CancellationToken cancellationToken)
    {
        var files = new WorkFiles(order);
        var hasEnded = files.ReadEnd() is { Reason: "" };
        while (!(hasEnded && found.Failure is null or OrderFailure.Service or OrderFailure.Script) && order.UnknownCount() < MostRepairs)
        {
            files.ForgetEnd();
            order.LeaveUnknown($"It was broken off. Repair {order.UnknownCount() + 1} of {MostRepairs} begins.", found.Outcome);
            hasEnded = await packages.RepairAsync(order, plan, cancellationToken) is { Reason: "" };
            if (FileLock.IsHeld(files.Lock))
                return;
            found = await inspector.AfterChangeAsync(order, plan, before, cancellationToken);
        }

        if (hasEnded && found.Failure is null)
            await EndInPlaceAsync(order, plan, new OrderStep { State = OrderState.Reconciled, Detail = "It was broken off, and repaired.", Outcome = found.Outcome }, cancellationToken);
        else if (hasEnded && found.Failure is OrderFailure.Service or OrderFailure.Script)
            order.Fail(found.Failure.Value, OrderEnds.Words(found.Failure.Value, "It was broken off, and repaired."), found.Outcome);
        else
            order.LeaveUnknown("It was broken off, and could not be repaired.", found.Outcome);
    }

    // Everything that was approved is in place: what is left is the reboot that was approved, if there is one.
    private Task EndInPlaceAsync(HeldOrder order, ReadyPlan plan, OrderStep end, CancellationToken cancellationToken)
    {
        if (RebootJob.IsWanted(order.Content, plan.Content))
            return reboot.BeginAsync(order, end.Outcome, cancellationToken);
        order.Append(end);
        return Task.CompletedTask;
    }

    private static void CleanUp(HeldOrder order)
    {
        // What is in place may be undone.
        if (!order.IsInPlace())
            ReadyPlan.Remove(order);
        new WorkFiles(order).Clear();
    }
}
