using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// An order that is to be undone: what it changed by this server's own journal and plan, whoever asks, and the files of what it replaced
/// as they were approved then.
/// </summary>
internal sealed class UndoneOrder
{
    private readonly ReadyPlan _plan;

    private UndoneOrder(ReadyPlan plan) => _plan = plan;

    /// <summary>What is to be changed back.</summary>
    public IReadOnlyList<DnfUndone> Changes => [.. _plan.Content.Changes.Where(change => change.Action != PackageAction.Reinstall).Select(Turn)];

    /// <summary>The advisories that it closed.</summary>
    public IEnumerable<string> Advisories => _plan.Content.Changes.SelectMany(change => change.Advisories).Distinct();

    /// <summary>Finds it.</summary>
    /// <exception cref="PlanRefused">It cannot be undone.</exception>
    public static UndoneOrder Find(OrderJournal journal, Undo undo)
    {
        if (journal.Find(Convert.ToHexStringLower(undo.OrderId.Span)) is not { IsStarted: true } order)
            throw new PlanRefused(PlanRefusalReason.NotFound, "No order of this id was carried out on this server, or not within the last 30 days.");
        if (!order.HasEnded())
            throw new PlanRefused(PlanRefusalReason.UndoNotWhole, "The order has not ended: wait until it has.");
        if (!order.IsInPlace())
            throw new PlanRefused(PlanRefusalReason.UndoNotWhole, WhatIsNot(order));
        var plan = ReadyPlan.Read(order) ?? throw NotKept("The order's plan and its files are not kept any more: there was no room for them, or they were altered.");
        if (plan.Content.NotToBeBroughtBack().ToList() is { Count: > 0 } missing)
            throw NotKept($"What the order replaced was not to be had when it was planned: {string.Join("; ", missing.Select(change => $"{change.Name} {change.OldVersion} ({change.OldFileMissing})"))}.");
        if (plan.Content.Changes.Where(change => !IsThere(plan, change)).ToList() is { Count: > 0 } lost)
            throw NotKept($"What the order replaced is not here any more as it was kept: {string.Join(", ", lost.Select(change => $"{change.Name} {change.OldVersion}"))}.");
        return new(plan);
    }

    private static bool IsThere(ReadyPlan plan, PackageChange change) => change.OldFile is null || FetchedFiles.IsApproved(change.OldFile, plan.OldFileOf(change));

    private static string WhatIsNot(HeldOrder order)
    {
        var end = order.LastStep()!;
        var missing = (end.Outcome?.Packages ?? []).Where(package => !package.Done).Select(package => package.Name).Distinct().ToList();
        var what = missing.Count > 0 ? string.Join(", ", missing) : "none of it, or nobody knows what of it";
        return $"The order ended as {end.State}, and not everything of it is in place ({what}): there is no state to go back from. "
            + "Plan an installation or an update that brings these packages where they are to be, or look at the server.";
    }

    private DnfUndone Turn(PackageChange change) => new(
        change.Name,
        change.Architecture,
        change.NewVersion,
        change.OldArchitecture,
        change.OldVersion,
        change.Reason == PackageReason.Asked,
        _plan.OldFileOf(change),
        change.OldFile is { } file ? Convert.ToHexStringLower(file.Sha256.Span) : "",
        change.OldFile?.SizeBytes ?? 0);

    private static PlanRefused NotKept(string words) => new(PlanRefusalReason.UndoNotKept, words);
}
