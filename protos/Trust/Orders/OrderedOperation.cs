using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>What an order's one operation is.</summary>
public static class OrderedOperation
{
    /// <summary>Its kind, as the catalogue lists it; unspecified when there is none.</summary>
    public static OperationKind Kind(this Order order) => order.OperationCase switch
    {
        Order.OperationOneofCase.LocateDisk => OperationKind.LocateDisk,
        Order.OperationOneofCase.SelfTest => OperationKind.SelfTest,
        Order.OperationOneofCase.InstallPackages => OperationKind.InstallPackages,
        Order.OperationOneofCase.UpdatePackages => OperationKind.UpdatePackages,
        Order.OperationOneofCase.SecurityUpdates => OperationKind.SecurityUpdates,
        Order.OperationOneofCase.Undo => OperationKind.Undo,
        _ => OperationKind.Unspecified,
    };

    /// <summary>The packages that it names.</summary>
    public static IEnumerable<string> PackageNames(this Order order) => order.OperationCase switch
    {
        Order.OperationOneofCase.InstallPackages => order.InstallPackages.Packages.Select(package => package.Name),
        Order.OperationOneofCase.UpdatePackages => order.UpdatePackages.Names,
        _ => [],
    };
}
