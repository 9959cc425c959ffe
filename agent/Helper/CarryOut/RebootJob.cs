using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>
/// The reboot that an order says, when everything of it is in place. The server is asked once: which boot it was is written down before, that
/// it was asked is marked before, and neither is ever taken back. A server that has booted anew in between, by whatever, is not asked.
/// </summary>
internal sealed class RebootJob(Inspector inspector, Units units, TimeProvider time)
{
    // So long the agent has to tell of it.
    private static readonly TimeSpan Announced = TimeSpan.FromSeconds(5);

    // Services may take 90 s each to stop, and a server's firmware minutes to start: what was asked for is not told as failed before.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Whether a reboot follows.</summary>
    public static bool IsWanted(Order order, Plan plan) => order.Reboot == RebootPolicy.Always || (order.Reboot == RebootPolicy.IfNeeded && plan.RebootNeeded);

    /// <summary>Records the intent, and reboots.</summary>
    /// <param name="outcome">What inspection found before it.</param>
    public async Task BeginAsync(HeldOrder order, OrderOutcome outcome, CancellationToken cancellationToken)
    {
        new WorkFiles(order).WriteBoot(Units.BootId);
        order.Append(new OrderStep { State = OrderState.Rebooting, Outcome = outcome });
        await AskAsync(order, cancellationToken);
    }

    /// <summary>Goes on where the journal says that the server reboots.</summary>
    public async Task GoOnAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        var files = new WorkFiles(order);
        if (files.ReadBoot() != Units.BootId)
            await ReturnAsync(order, cancellationToken);
        else if (!files.IsRebootAsked)
            await AskAsync(order, cancellationToken);
        else if (time.GetUtcNow() - BegunAt(order) > Patience)
            order.Fail(OrderFailure.Reboot, $"The server was asked to reboot, and has not within {Patience.TotalMinutes:0} minutes. It is not asked again.", order.LastStep()!.Outcome);
    }

    private async Task AskAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        await Task.Delay(Announced, time, cancellationToken);
        if (new WorkFiles(order).TryMarkRebootAsked() && await units.RebootAsync(cancellationToken) is { } why)
            order.Fail(OrderFailure.Reboot, $"The server does not reboot. {why}", order.LastStep()!.Outcome);
    }

    private async Task ReturnAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        if (ReadyPlan.Read(order) is not { } plan || new WorkFiles(order).ReadBefore() is not { } before)
        {
            order.LeaveUnknown("The server has booted anew, and the order's plan is not there any more.", order.LastStep()!.Outcome);
            return;
        }

        await units.BootedAsync(cancellationToken);
        var told = $"Rebooted {BegunAt(order):u}, back {time.GetUtcNow():u}.";
        var found = await inspector.AfterRebootAsync(order, plan, before, cancellationToken);
        var outcome = found.Outcome;
        outcome.RebootNeeded = false;
        if (found.Failure is { } failure)
            order.Fail(failure, OrderEnds.Words(failure, told), outcome);
        else
            order.Append(new OrderStep { State = order.UnknownCount() == 0 ? OrderState.Succeeded : OrderState.Reconciled, Detail = told, Outcome = outcome });
    }

    private static DateTimeOffset BegunAt(HeldOrder order) =>
        order.Entries().Last(entry => entry.Step?.State == OrderState.Rebooting).EntryTime.ToDateTimeOffset();
}
