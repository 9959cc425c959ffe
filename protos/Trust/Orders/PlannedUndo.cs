using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>Whether what a plan changes can be undone afterwards.</summary>
public static class PlannedUndo
{
    /// <summary>The changes that replace or remove something whose file is not to be had; none when all can be undone.</summary>
    public static IEnumerable<PackageChange> NotToBeBroughtBack(this Plan plan) =>
        plan.Changes.Where(change => change.OldVersion.Length > 0 && change.Action != PackageAction.Reinstall && change.OldFile is null);
}
