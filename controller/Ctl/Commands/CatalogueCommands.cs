using System.CommandLine;
using System.Text;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>catalogue new|edit|sign|show|check|publish|state|controller-key</c>.</summary>
internal static class CatalogueCommands
{
    public static Command Create() => new("catalogue", "What servers may be made to do, and who must want it: edited as text, signed as exact bytes. A controller is needed to publish it alone.")
    {
        New(), Edit(), CatalogueSigning.Create(), Show(), CatalogueChecking.Create(), PublishCommands.CreateCatalogue(), CatalogueStateCommand.Create(),
        ControllerKeyCommand.Create(),
    };

    private static Command New()
    {
        Argument<FileInfo> file = new("FILE") { Description = "Where the text goes (JSON with comments)." };
        Option<FileInfo[]> approvers = TrustOptions.PublicKeys("--approver", "The public half of an approver's key file; once for each.");
        Option<FileInfo[]> controllers = TrustOptions.PublicKeys("--controller", "The public half of a controller's key; once for each.");
        Command command = new("new", "Write a first catalogue as text, with examples to be replaced.") { file, approvers, controllers };
        OfflineRun.Does(command, run => Write(run, run.Given.GetRequiredValue(file), NewCatalogue.Example(
            (run.Given.GetValue(approvers) ?? []).Select(KeyFiles.ReadPublic), (run.Given.GetValue(controllers) ?? []).Select(KeyFiles.ReadPublic), run.Now)));
        return command;
    }

    private static Command Edit()
    {
        Argument<FileInfo> current = new("FILE") { Description = "The sealed catalogue that counts now." };
        Option<FileInfo> text = TrustOptions.Out("Where the text goes (JSON with comments).");
        Command command = new("edit", "Write the catalogue that follows as text: one version higher, for 7 days from now.") { current, text };
        OfflineRun.Does(command, run => Write(
            run, run.Given.GetRequiredValue(text), NewCatalogue.After(SealedFile.ReadCatalogue(run.Given.GetRequiredValue(current)).Content, run.Now)));
        return command;
    }

    private static Command Show() => SealedShow.Create(
        "A sealed catalogue.",
        "Show what a sealed catalogue says, and who signed it. Whether the signatures are right: catalogue check.",
        SealedFile.ReadCatalogue,
        CataloguePage.Show);

    private static void Write(OfflineRun run, FileInfo file, Catalogue catalogue)
    {
        TrustFile.Create(file, Encoding.UTF8.GetBytes(CatalogueText.Write(catalogue)), TrustFile.Readable);
        run.Output.Write(
            new WrittenShape(file.FullName, catalogue.Version),
            ShapesJson.Default.WrittenShape,
            () => run.Say($"Version {catalogue.Version} is in {file.Name}. Edit it; then: haisoftctl catalogue sign {file.Name} --root ROOT --key KEY --out SEALED"));
    }
}
