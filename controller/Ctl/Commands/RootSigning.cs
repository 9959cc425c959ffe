using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>root sign|show</c>.</summary>
internal static class RootSigning
{
    public static Command CreateSign()
    {
        Argument<FileInfo> file = new("FILE") { Description = "The root; your signature is added to it." };
        Option<FileInfo> key = TrustOptions.SigningKey();
        Option<FileInfo?> passphrase = TrustOptions.PassphraseFile();
        Option<FileInfo?> previous = Previous();
        Command command = new("sign", "Show a root, and add your signature to it.") { file, key, passphrase, previous };
        OfflineRun.Does(command, run =>
        {
            SealedFile<Root> root = SealedFile.ReadRoot(run.Given.GetRequiredValue(file));
            TrustedRoot? before = ReadPrevious(run, previous);
            if (!run.Output.IsJson)
                RootPage.Show(run.Console, root.Content, root.Envelope);
            using PrivateKey signer = KeyFiles.Open(run.Given.GetRequiredValue(key), run.Given.GetValue(passphrase));
            if (!Signs(root.Content, signer) && !(before is not null && Signs(before.Content, signer)))
                throw new CtlException(ExitCode.Refused, "Your key is not one of this root's keys. One of the root before it signs with --previous FILE.");
            PrintVerdict(run, root.Sign(signer), before);
        });
        return command;
    }

    public static Command CreateShow()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A root." };
        Option<FileInfo?> previous = Previous();
        Command command = new("show", "Show a root: its fingerprint, its keys, and whether all have signed who must.") { file, previous };
        OfflineRun.Does(command, run => Print(run, SealedFile.ReadRoot(run.Given.GetRequiredValue(file)), ReadPrevious(run, previous)));
        return command;
    }

    /// <summary>Prints a root, and whether it is whole.</summary>
    public static void Print(OfflineRun run, SealedFile<Root> root, TrustedRoot? previous)
    {
        if (!run.Output.IsJson)
            RootPage.Show(run.Console, root.Content, root.Envelope);
        PrintVerdict(run, root, previous);
    }

    private static void PrintVerdict(OfflineRun run, SealedFile<Root> root, TrustedRoot? previous)
    {
        Refused? refusal = (previous is null ? RootVerification.Pin(root.Bytes, root.Envelope.Sha256) : RootVerification.Follow(previous, root.Bytes)).Refusal;
        run.Output.Write(
            SealedShaping.Of(root.Envelope, root.Content, refusal),
            ShapesJson.Default.SealedShape,
            () => run.Say(refusal is not null ? $"Not to be used yet: {refusal.Words} The next signer: haisoftctl root sign {root.File.Name} --key KEY{(root.Content.Version > 1 ? " --previous FILE" : "")}" : Complete(root.Content, previous)));
    }

    private static string Complete(Root root, TrustedRoot? previous) => root.Version == 1 || previous is not null
        ? "All have signed who must."
        : "All of its own keys have signed who must; of the root before it nothing is known: --previous FILE.";

    private static bool Signs(Root root, PrivateKey signer) => root.RootKeys.Keys.Any(key => key.KeyId == signer.PublicKey.Id);

    private static Option<FileInfo?> Previous() => new("--previous") { Description = "The root before it, whose keys must sign it, too.", HelpName = "FILE" };

    private static TrustedRoot? ReadPrevious(OfflineRun run, Option<FileInfo?> option) =>
        run.Given.GetValue(option) is { } file ? SealedFile.ReadWholeRoot(file) : null;
}
