using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>An operation that is to be planned, in the words of those who judge and of those who resolve it.</summary>
internal static class PlannedOperation
{
    /// <summary>As an order would have it.</summary>
    public static Order Of(PlanRequest request) => new Order().For(request.WhatIsAsked());

    /// <summary>What of it this version of the helper cannot do, in words; null when it can do all of it.</summary>
    public static string? WhyNotSupported(Order order) =>
        order.InstallPackages?.Packages.SelectMany(package => package.Choices).Any(choice => choice.ChoiceCase != PackageChoice.ChoiceOneofCase.ServiceEnabled) == true
            ? "This version of the helper sets no port and no folder of documents."
            : null;

    /// <summary>As resolve.py is asked what is installed.</summary>
    public static DnfRequest OfState(string root, string folder) => new(
        root, Path.Combine(folder, "dnf", "cache"), Path.Combine(folder, "dnf", "persist"), "", "", "packageState", [], [], new Dictionary<string, DnfPackage>(), [], [], []);

    /// <summary>As resolve.py is asked.</summary>
    /// <param name="operation">One that the catalogue lists.</param>
    /// <param name="root">Of the system.</param>
    /// <param name="folder">The job's state.</param>
    /// <param name="work">For what is fetched.</param>
    /// <param name="keptFolders">Where files of what is installed may be kept already.</param>
    /// <param name="undone">The order that is to be undone; null for other operations.</param>
    public static DnfRequest ForDnf(
        Order operation, TrustedCatalogue catalogue, string root, string folder, string work, IReadOnlyList<string> keptFolders, UndoneOrder? undone)
    {
        // An order is undone from the kept files alone.
        var assigned = undone is null ? catalogue.Content.Packages.Select(package => package.RepositoryId).ToHashSet() : [];
        return new(
            root,
            Path.Combine(folder, "dnf", "cache"),
            Path.Combine(folder, "dnf", "persist"),
            work,
            work,
            operation.OperationCase switch
            {
                Order.OperationOneofCase.InstallPackages => "installPackages",
                Order.OperationOneofCase.UpdatePackages => "updatePackages",
                Order.OperationOneofCase.Undo => "undo",
                _ => "securityUpdates",
            },
            [.. operation.PackageNames()],
            [.. catalogue.Content.Repositories.Where(repository => assigned.Contains(repository.RepositoryId)).Select(repository => new DnfRepository(repository.RepositoryId, repository.BaseUrls))],
            catalogue.Content.Packages.ToDictionary(
                package => package.Name, package => new DnfPackage(package.RepositoryId, package.Versions?.AtLeast ?? "", package.Versions?.Below ?? "")),
            [.. catalogue.Content.DeniedPackages.Select(denied => new DnfDenied(denied.Name, denied.Versions?.AtLeast ?? "", denied.Versions?.Below ?? ""))],
            keptFolders,
            undone?.Changes ?? []);
    }
}
