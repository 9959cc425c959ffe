using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>What must hold for packages, and for those that are denied.</summary>
internal static class PackageRules
{
    private const int LongestReason = 200;

    public static void Find(Catalogue catalogue, Faults faults)
    {
        HashSet<string> repositories = [.. catalogue.Repositories.Select(repository => repository.RepositoryId)];
        foreach ((int i, Package package) in catalogue.Packages.Index())
        {
            string path = Faults.Item("packages", i);
            FindNameAndVersions(package.Name, package.Versions, path, faults);
            faults.Unless(repositories.Contains(package.RepositoryId), $"{path}.repositoryId", "is not the id of a repository of this catalogue.");
            FindOptions(package, $"{path}.options", faults);
        }

        faults.UnlessDistinct(catalogue.Packages.Select(package => package.Name), "packages", ".name");
        foreach ((int i, DeniedPackage denied) in catalogue.DeniedPackages.Index())
        {
            string path = Faults.Item("deniedPackages", i);
            FindNameAndVersions(denied.Name, denied.Versions, path, faults);
            faults.Unless(Words.IsForPeople(denied.Reason, LongestReason), $"{path}.reason", "is not a reason of 1 to 200 visible characters.");
        }
    }

    private static void FindNameAndVersions(string name, VersionRange? versions, string path, Faults faults)
    {
        faults.Unless(Words.IsPackageName(name), $"{path}.name", "is not the exact name of an RPM (no pattern, no version).");
        if (versions is null)
            return;
        PackageVersion? atLeast = FindVersion(versions.AtLeast, $"{path}.versions.atLeast", faults);
        PackageVersion? below = FindVersion(versions.Below, $"{path}.versions.below", faults);
        faults.Unless(versions.AtLeast.Length + versions.Below.Length > 0, $"{path}.versions", "says nothing: leave it out for any version.");
        if (atLeast is not null && below is not null)
            faults.Unless(atLeast.CompareWith(below) < 0, $"{path}.versions", $"is empty: {versions.AtLeast} is not below {versions.Below}.");
    }

    private static PackageVersion? FindVersion(string text, string path, Faults faults)
    {
        PackageVersion? version = text.Length == 0 ? null : PackageVersion.Read(text);
        faults.Unless(text.Length == 0 || version is not null, path, "is not a version of an RPM: [epoch:]version[-release].");
        return version;
    }

    private static void FindOptions(Package package, string path, Faults faults)
    {
        foreach ((int i, PackageOption option) in package.Options.Index())
        {
            string item = Faults.Item(path, i);
            switch (option.OptionCase)
            {
                case PackageOption.OptionOneofCase.Service:
                    faults.Unless(Words.IsServiceUnit(option.Service.Unit), $"{item}.service.unit", "is not the name of a service's unit: httpd.service.");
                    break;
                case PackageOption.OptionOneofCase.Port:
                    faults.Unless(
                        option.Port is { Lowest: >= 1, Highest: <= 65535 } port && port.Lowest <= port.Highest, $"{item}.port", "is not a range of ports, 1 to 65535.");
                    break;
                case PackageOption.OptionOneofCase.DocumentRoot:
                    faults.Unless(Words.IsPath(option.DocumentRoot.Below), $"{item}.documentRoot.below", "is not an absolute path of letters, digits, '.', '_' and '-'.");
                    break;
                default:
                    faults.Add(item, "is none of service, port, documentRoot.");
                    break;
            }
        }

        faults.UnlessDistinct(package.Options.Select(option => option.OptionCase), path);
    }
}
