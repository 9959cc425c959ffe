using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>What an order names must be what the catalogue lists. Versions are the plan's, and are judged with it.</summary>
internal static class ListedPackages
{
    /// <summary>Why not; null when everything is listed.</summary>
    public static Refused? WhyNot(Order order, TrustedCatalogue catalogue)
    {
        foreach (string name in order.PackageNames())
        {
            if (!catalogue.Packages.ContainsKey(name))
                return new(TrustRefusal.OrderPackageNotListed, $"The catalogue does not list the package \"{name}\".");
            if (catalogue.Content.DeniedPackages.FirstOrDefault(denied => denied.Name == name && denied.Versions is null) is { } denied)
                return new(TrustRefusal.OrderPackageDenied, $"The catalogue denies the package \"{name}\": {denied.Reason}");
        }

        return order.OperationCase == Order.OperationOneofCase.InstallPackages
            ? order.InstallPackages.Packages.Select(package => WhyNotOffered(package, catalogue.Packages[package.Name])).FirstOrDefault(refusal => refusal is not null)
            : null;
    }

    private static Refused? WhyNotOffered(PackageInstall package, Package listed) =>
        package.Choices.All(choice => listed.Options.Any(option => Offers(option, choice)))
            ? null
            : new(TrustRefusal.OrderChoiceNotOffered, $"The catalogue does not offer what is chosen for the package \"{package.Name}\".");

    private static bool Offers(PackageOption option, PackageChoice choice) => choice.ChoiceCase switch
    {
        PackageChoice.ChoiceOneofCase.ServiceEnabled => option.Service is not null,
        PackageChoice.ChoiceOneofCase.Port => option.Port is { } ports && choice.Port >= ports.Lowest && choice.Port <= ports.Highest,
        PackageChoice.ChoiceOneofCase.DocumentRoot => option.DocumentRoot is { } folders && Words.IsWithin(choice.DocumentRoot, folders.Below),
        _ => false,
    };
}
