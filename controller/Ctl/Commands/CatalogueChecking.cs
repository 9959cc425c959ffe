using System.CommandLine;
using System.Globalization;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>catalogue check</c>.</summary>
internal static class CatalogueChecking
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A catalogue: the text, or a sealed one." };
        Option<FileInfo?> root = new("--root") { Description = "The root that counts now; for a sealed one.", HelpName = "FILE" };
        Option<FileInfo?> held = new("--held") { Description = "The sealed catalogue that servers hold now; it must not be later than this one.", HelpName = "FILE" };
        Command command = new("check", "Check a catalogue as servers do; of a text, whether it can be sealed.") { file, root, held };
        OfflineRun.Does(command, run =>
        {
            FileInfo given = run.Given.GetRequiredValue(file);
            if (CatalogueText.IsText(TrustFile.Read(given)))
                CheckText(run, given);
            else
                CheckSealed(run, given, run.Given.GetValue(root), run.Given.GetValue(held));
        });
        return command;
    }

    private static void CheckText(OfflineRun run, FileInfo file)
    {
        Catalogue catalogue = CatalogueText.Read(file);
        run.Output.Write(
            new CheckedCatalogueShape(catalogue.Version, IsSealed: false, catalogue.ExpiryTime.ToDateTimeOffset(), Warning: null),
            ShapesJson.Default.CheckedCatalogueShape,
            () => run.Say($"{file.Name} holds together: version {catalogue.Version} can be sealed."));
    }

    private static void CheckSealed(OfflineRun run, FileInfo file, FileInfo? root, FileInfo? held)
    {
        if (root is null)
            throw new CtlException(ExitCode.Usage, $"{file.Name} is sealed: name the root that it is to be judged by with --root FILE.");
        HeldCatalogue? before = held is null ? null : HeldOf(SealedFile.ReadCatalogue(held));
        Judged<TrustedCatalogue> judged = CatalogueVerification.Verify(SealedFile.ReadWholeRoot(root), TrustFile.Read(file), before, run.Now);
        if (judged.Refusal is { } refusal)
            throw new CtlException(ExitCode.Refused, $"Servers would refuse {file.Name} ({refusal.Reason}): {refusal.Words}");
        string? warning = Warning(judged.Accepted.Lifetime, run.Now);
        run.Output.Write(
            new CheckedCatalogueShape(judged.Accepted.Content.Version, IsSealed: true, judged.Accepted.Lifetime.Expiry, warning),
            ShapesJson.Default.CheckedCatalogueShape,
            () => run.Say($"Servers would accept {file.Name}: version {judged.Accepted.Content.Version}.{(warning is null ? "" : " " + warning)}"));
    }

    private static HeldCatalogue HeldOf(SealedFile<Catalogue> catalogue) => new(catalogue.Content.Version, catalogue.Envelope.Sha256);

    private static string? Warning(Lifetime lifetime, DateTimeOffset now) => lifetime.WarningAt(now) == ExpiryWarning.None
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"It expires in {(lifetime.Expiry - now).TotalHours:0} hours: sign the next one.");
}
