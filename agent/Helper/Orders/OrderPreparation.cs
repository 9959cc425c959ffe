using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Orders;

/// <summary>
/// Sees that an order's plan holds still: its files are there, approved and signed, and what is installed is what it was planned on, or
/// gives the same plan again. Nothing is changed by that.
/// </summary>
/// <param name="plans">Kept plans.</param>
/// <param name="maker">Resolves again.</param>
/// <param name="trust">What counts.</param>
/// <param name="root">The root of the system that orders are for: "/".</param>
internal sealed class OrderPreparation(KeptPlans plans, PlanMaker maker, TrustStore trust, string root)
{
    private const long SpareBytes = 64 << 20;

    /// <summary>Lays the plan into the order's folder; or says why it is not carried out.</summary>
    public async Task<OrderStep> PrepareAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        if (WhyNotSupported(order.Content) is { } unsupported)
            return Failed(OrderFailure.Helper, unsupported);
        if (plans.Find(order.Content.PlanHash.Span) is not { } kept || ReadyPlan.Read(Path.Combine(kept, KeptPlans.PlanFile), order.Content.PlanHash.Span) is not { } plan)
            return Failed(OrderFailure.PlanLost, "The plan that was approved is not held here any more: plan again.");
        if (!Equals(plan.WhatIsPlanned(), order.Content.WhatIsOrdered()) || !plan.PackageStateHash.Equals(order.Content.PackageStateHash) || plan.MachineId != order.Content.MachineId)
            return Failed(OrderFailure.PlanChanged, "The plan that the order names is for something else than the order says.");
        if (trust.Catalogue() is not { } catalogue)
            return Failed(OrderFailure.PlanLost, "No catalogue counts any more.");
        return await WhyFilesNotAsync(kept, plan, catalogue, cancellationToken)
            ?? await WhyChangedAsync(plan, catalogue, cancellationToken)
            ?? WhyNoRoom(plan)
            ?? Lay(order, kept, catalogue);
    }

    private static string? WhyNotSupported(Order order) => order.OperationCase is Order.OperationOneofCase.LocateDisk or Order.OperationOneofCase.SelfTest
        ? $"This version of the helper cannot do {order.Kind()}."
        : PlannedOperation.WhyNotSupported(order);

    private async Task<OrderStep?> WhyFilesNotAsync(string kept, Plan plan, TrustedCatalogue catalogue, CancellationToken cancellationToken)
    {
        try
        {
            var judge = maker.Judge(catalogue);
            foreach (var change in plan.Changes.Where(change => change.File is not null))
                await judge.VerifyAsync(change, Path.Combine(kept, KeptPlans.NameOf(change)), cancellationToken);
            return plan.Changes.FirstOrDefault(change => change.OldFile is { } old && !FetchedFiles.IsApproved(old, Path.Combine(kept, KeptPlans.OldNameOf(change)))) is { } lost
                ? Failed(OrderFailure.PlanLost, $"The file of {lost.Name} {lost.OldVersion}, with which the order could be undone, is not the one that was approved: plan again.")
                : null;
        }
        catch (PlanRefused refused)
        {
            return Failed(OrderFailure.PlanLost, refused.Message);
        }
    }

    private async Task<OrderStep?> WhyChangedAsync(Plan plan, TrustedCatalogue catalogue, CancellationToken cancellationToken)
    {
        try
        {
            var state = await maker.PackageStateAsync(cancellationToken);
            if (plan.PackageStateHash.Span.SequenceEqual(state))
                return null;
            var now = await maker.ResolveAgainAsync(plan, catalogue, cancellationToken);
            (now.CreatedTime, now.PackageStateHash, now.FreeBytes) = (plan.CreatedTime, plan.PackageStateHash, plan.FreeBytes);
            return now.Equals(plan) ? null : Failed(OrderFailure.PlanChanged, "Packages have changed on the server since, and the plan is another one now: plan again.");
        }
        catch (PlanRefused refused)
        {
            return Failed(refused.Told.Reason == PlanRefusalReason.Locked ? OrderFailure.Locked : OrderFailure.PlanChanged, refused.Message);
        }
    }

    private OrderStep? WhyNoRoom(Plan plan)
    {
        var free = new DriveInfo(root).AvailableFreeSpace;
        return plan.InstalledGrowthBytes > 0 && plan.InstalledGrowthBytes + SpareBytes > free
            ? Failed(OrderFailure.Space, $"The packages take {plan.InstalledGrowthBytes} bytes; {free} are free.")
            : null;
    }

    private static OrderStep Lay(HeldOrder order, string kept, TrustedCatalogue catalogue)
    {
        ReadyPlan.Lay(order, kept, EnabledUnits(order.Content, catalogue));
        return new OrderStep { State = OrderState.Fetched };
    }

    private static IEnumerable<string> EnabledUnits(Order order, TrustedCatalogue catalogue) =>
        from package in order.InstallPackages?.Packages ?? []
        where package.Choices.Any(choice => choice is { ChoiceCase: PackageChoice.ChoiceOneofCase.ServiceEnabled, ServiceEnabled: true })
        from option in catalogue.Packages[package.Name].Options
        where option.Service is not null
        select option.Service.Unit;

    private static OrderStep Failed(OrderFailure failure, string detail) => new() { State = OrderState.Failed, Failure = failure, Detail = detail };
}
