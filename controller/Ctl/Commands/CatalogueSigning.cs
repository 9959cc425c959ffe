using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>catalogue sign</c>.</summary>
internal static class CatalogueSigning
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "The first signer: the text. Everyone after: the sealed file; the signature is added to it." };
        Option<FileInfo> root = new("--root") { Description = "The root that counts now.", Required = true, HelpName = "FILE" };
        Option<FileInfo> key = TrustOptions.SigningKey();
        Option<FileInfo?> passphrase = TrustOptions.PassphraseFile();
        Option<FileInfo?> target = new("--out") { Description = "Where the sealed file goes; for the text only.", HelpName = "FILE" };
        Command command = new("sign", "Seal a text into exact bytes and sign them, or add your signature to a sealed catalogue.") { file, root, key, passphrase, target };
        OfflineRun.Does(command, run =>
        {
            TrustedRoot trusted = SealedFile.ReadWholeRoot(run.Given.GetRequiredValue(root));
            SealedFile<Catalogue> catalogue = Sealed(run.Given.GetRequiredValue(file), run.Given.GetValue(target));
            Judge(run, catalogue);
            using PrivateKey signer = KeyFiles.Open(run.Given.GetRequiredValue(key), run.Given.GetValue(passphrase));
            if (!trusted.Content.CatalogueKeys.Keys.Any(listed => listed.KeyId == signer.PublicKey.Id))
                throw new CtlException(ExitCode.Refused, "Your key is not one of those to which the root delegates catalogues.");
            Tell(run, catalogue.Sign(signer), trusted);
        });
        return command;
    }

    // Before the passphrase is asked for: who types it has seen what it is for.
    private static void Judge(OfflineRun run, SealedFile<Catalogue> catalogue)
    {
        if (!run.Output.IsJson)
            CataloguePage.Show(run.Console, catalogue.Content, catalogue.Envelope);
        IReadOnlyList<Fault> faults = CatalogueRules.Find(catalogue.Content);
        if (faults.Count > 0)
            throw new CtlException(ExitCode.Refused, "This catalogue is not to be signed:\n" + string.Join('\n', faults));
    }

    private static void Tell(OfflineRun run, SealedFile<Catalogue> signed, TrustedRoot root)
    {
        Refused? refusal = CatalogueVerification.Verify(root, signed.Bytes, held: null, run.Now).Refusal;
        run.Output.Write(
            SealedShaping.Of(signed.Envelope, signed.Content, refusal),
            ShapesJson.Default.SealedShape,
            () => run.Say(refusal is null ? $"All have signed {signed.File.Name} who must." : $"{signed.File.Name} is not to be used yet: {refusal.Words} The next signer: haisoftctl catalogue sign {signed.File.Name} --root ROOT --key KEY"));
    }

    private static SealedFile<Catalogue> Sealed(FileInfo file, FileInfo? target)
    {
        if (!CatalogueText.IsText(TrustFile.Read(file)))
            return target is null ? SealedFile.ReadCatalogue(file) : throw new CtlException(ExitCode.Usage, $"{file.Name} is sealed already: leave --out away.");
        if (target is null)
            throw new CtlException(ExitCode.Usage, $"{file.Name} is text: name with --out where the sealed file goes.");
        return SealedFile.Seal(target, CatalogueText.Read(file));
    }
}
