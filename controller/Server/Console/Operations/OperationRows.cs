using HaiSoft.Controller.Operations;

namespace HaiSoft.Controller.Console.Operations;

/// <summary>Operations as rows, each a way to its page.</summary>
/// <param name="Shown">In this order.</param>
/// <param name="Folder">The path under which their pages are.</param>
/// <param name="IsForCustomer">What technicians have to do about them is not shown.</param>
internal sealed record OperationRows(IReadOnlyList<OperationView> Shown, string Folder, bool IsForCustomer)
{
    public static OperationRows ForTechnician(IReadOnlyList<OperationView> shown) => new(shown, "/operations", IsForCustomer: false);

    public static OperationRows ForCustomer(IReadOnlyList<OperationView> shown) => new(shown, "/my/operations", IsForCustomer: true);
}
