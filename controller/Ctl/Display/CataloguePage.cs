using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>A catalogue, for people.</summary>
internal static class CataloguePage
{
    public static void Show(IAnsiConsole console, Catalogue catalogue, OpenedEnvelope envelope)
    {
        Screen.Print(
            console,
            Screen.Text($"Catalogue, version {catalogue.Version}", "bold"),
            Screen.Text($"  made {SealedText.Of(catalogue.CreatedTime)}"),
            Screen.Text($"  expires {SealedText.Of(catalogue.ExpiryTime)}"));
        SealedText.ShowFingerprint(console, envelope);
        ShowPackages(console, catalogue);
        ShowOperations(console, catalogue);
        foreach (IGrouping<SignatureKind, Approver> kind in catalogue.Approvers.GroupBy(approver => approver.Kind))
            SealedText.ShowKeys(console, $"Approvers by {SealedText.Of(kind.Key)}", kind.Select(approver => approver.Key ?? new SigningKey()), envelope: null);
        SealedText.ShowKeys(console, "Controllers", catalogue.Controllers, envelope: null);
        if (catalogue.Passkeys is { } passkeys)
            Screen.Print(console, Screen.Text($"Passkeys of {passkeys.RelyingPartyId} at {string.Join(", ", passkeys.Origins)}"));
        SealedText.ShowSignatures(console, envelope);
    }

    private static void ShowPackages(IAnsiConsole console, Catalogue catalogue)
    {
        Table repositories = Screen.Table("Repository", "Base URLs", "Signing keys");
        foreach (Repository repository in catalogue.Repositories)
            repositories.AddRow(Screen.Text(repository.RepositoryId), Lines(repository.BaseUrls), Lines(repository.KeyFingerprints));
        Table packages = Screen.Table("Package", "Versions", "Repository", "May be set");
        foreach (Package package in catalogue.Packages)
        {
            packages.AddRow(
                Screen.Text(package.Name), Screen.Text(Of(package.Versions)), Screen.Text(package.RepositoryId), Lines(package.Options.Select(Of)));
        }

        Screen.Print(console, repositories, packages);
        foreach (DeniedPackage denied in catalogue.DeniedPackages)
            Screen.Print(console, Screen.Text($"Denied: {denied.Name}, {Of(denied.Versions)}: {denied.Reason}", "red"));
    }

    private static void ShowOperations(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = Screen.Table("Operation", "Approvers", "By", "One is enough", "Reboot");
        foreach (Operation operation in catalogue.Operations)
        {
            table.AddRow(
                Screen.Text(SealedText.Of(operation.Kind)),
                Screen.Text($"{operation.SignatureCount}"),
                Screen.Text(string.Join(" or ", operation.SignatureKinds.Select(SealedText.Of))),
                Screen.Text(string.Join(", ", Marks(operation))),
                Screen.Text(operation.Reboot ? "may follow" : ""));
        }

        Screen.Print(console, table);
    }

    private static IEnumerable<string> Marks(Operation operation)
    {
        if (operation.Routine)
            yield return "always (routine)";
        if (operation.CustomerRequest)
            yield return "the customer asked";
        if (operation.Emergency)
            yield return "emergency";
    }

    private static string Of(VersionRange? versions) => versions switch
    {
        null => "all versions",
        { AtLeast.Length: > 0, Below.Length: > 0 } => $"{versions.AtLeast} and later, below {versions.Below}",
        { AtLeast.Length: > 0 } => $"{versions.AtLeast} and later",
        _ => $"below {versions.Below}",
    };

    private static string Of(PackageOption option) => option.OptionCase switch
    {
        PackageOption.OptionOneofCase.Service => $"service {option.Service.Unit} enabled or not",
        PackageOption.OptionOneofCase.Port => $"port {option.Port.Lowest} to {option.Port.Highest}",
        PackageOption.OptionOneofCase.DocumentRoot => $"document root in {option.DocumentRoot.Below}",
        _ => "unknown option",
    };

    private static Markup Lines(IEnumerable<string> texts) => new(string.Join('\n', texts.Select(text => Markup.Escape(Words.Visible(text)))));
}
