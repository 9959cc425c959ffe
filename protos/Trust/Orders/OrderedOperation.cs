using Google.Protobuf;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>The one operation of an order, of the plan that was made for it, and of the request for that plan.</summary>
public static class OrderedOperation
{
    /// <summary>What an order is for; null for nothing.</summary>
    public static IMessage? WhatIsOrdered(this Order order) => order.OperationCase switch
    {
        Order.OperationOneofCase.LocateDisk => order.LocateDisk,
        Order.OperationOneofCase.SelfTest => order.SelfTest,
        Order.OperationOneofCase.InstallPackages => order.InstallPackages,
        Order.OperationOneofCase.UpdatePackages => order.UpdatePackages,
        Order.OperationOneofCase.SecurityUpdates => order.SecurityUpdates,
        Order.OperationOneofCase.Undo => order.Undo,
        _ => null,
    };

    /// <summary>What a plan is for; null for nothing.</summary>
    public static IMessage? WhatIsPlanned(this Plan plan) => plan.OperationCase switch
    {
        Plan.OperationOneofCase.InstallPackages => plan.InstallPackages,
        Plan.OperationOneofCase.UpdatePackages => plan.UpdatePackages,
        Plan.OperationOneofCase.SecurityUpdates => plan.SecurityUpdates,
        Plan.OperationOneofCase.Undo => plan.Undo,
        _ => null,
    };

    /// <summary>What a plan is asked for; null for nothing.</summary>
    public static IMessage? WhatIsAsked(this PlanRequest request) => request.OperationCase switch
    {
        PlanRequest.OperationOneofCase.InstallPackages => request.InstallPackages,
        PlanRequest.OperationOneofCase.UpdatePackages => request.UpdatePackages,
        PlanRequest.OperationOneofCase.SecurityUpdates => request.SecurityUpdates,
        PlanRequest.OperationOneofCase.Undo => request.Undo,
        _ => null,
    };

    /// <summary>The same order, for this operation; null changes nothing.</summary>
    public static Order For(this Order order, IMessage? operation)
    {
        switch (operation)
        {
            case LocateDisk locate:
                order.LocateDisk = locate;
                break;
            case SelfTest test:
                order.SelfTest = test;
                break;
            case InstallPackages install:
                order.InstallPackages = install;
                break;
            case UpdatePackages update:
                order.UpdatePackages = update;
                break;
            case SecurityUpdates security:
                order.SecurityUpdates = security;
                break;
            case Undo undo:
                order.Undo = undo;
                break;
        }

        return order;
    }

    /// <summary>The same plan, for this operation; null changes nothing.</summary>
    public static Plan For(this Plan plan, IMessage? operation)
    {
        switch (operation)
        {
            case InstallPackages install:
                plan.InstallPackages = install;
                break;
            case UpdatePackages update:
                plan.UpdatePackages = update;
                break;
            case SecurityUpdates security:
                plan.SecurityUpdates = security;
                break;
            case Undo undo:
                plan.Undo = undo;
                break;
        }

        return plan;
    }

    /// <summary>The same request, for this operation; null changes nothing.</summary>
    public static PlanRequest For(this PlanRequest request, IMessage? operation)
    {
        switch (operation)
        {
            case InstallPackages install:
                request.InstallPackages = install;
                break;
            case UpdatePackages update:
                request.UpdatePackages = update;
                break;
            case SecurityUpdates security:
                request.SecurityUpdates = security;
                break;
            case Undo undo:
                request.Undo = undo;
                break;
        }

        return request;
    }

    /// <summary>Its kind, as the catalogue lists it; unspecified when there is none.</summary>
    public static OperationKind Kind(this Order order) => KindOf(order.WhatIsOrdered());

    /// <summary>Its kind, as the catalogue lists it; unspecified when there is none.</summary>
    public static OperationKind Kind(this Plan plan) => KindOf(plan.WhatIsPlanned());

    /// <summary>The packages that it names.</summary>
    public static IEnumerable<string> PackageNames(this Order order) => order.OperationCase switch
    {
        Order.OperationOneofCase.InstallPackages => order.InstallPackages.Packages.Select(package => package.Name),
        Order.OperationOneofCase.UpdatePackages => order.UpdatePackages.Names,
        _ => [],
    };

    private static OperationKind KindOf(IMessage? operation) => operation switch
    {
        LocateDisk => OperationKind.LocateDisk,
        SelfTest => OperationKind.SelfTest,
        InstallPackages => OperationKind.InstallPackages,
        UpdatePackages => OperationKind.UpdatePackages,
        SecurityUpdates => OperationKind.SecurityUpdates,
        Undo => OperationKind.Undo,
        _ => OperationKind.Unspecified,
    };
}
