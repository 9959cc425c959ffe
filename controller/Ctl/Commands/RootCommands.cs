using System.CommandLine;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>root init|rotate|delegate|sign|show|publish</c>.</summary>
internal static class RootCommands
{
    private const string RootKey = "A root key's public half; once for each.";
    private const string CatalogueKey = "The public half of a key that will sign catalogues; once for each.";

    public static Command Create() => new("root", "The root of trust: made and signed offline, file by file; a controller is needed to publish it alone.")
    {
        Init(), Rotate(), Delegate(), RootSigning.CreateSign(), RootSigning.CreateShow(), PublishCommands.CreateRoot(),
    };

    private static Command Init()
    {
        Argument<FileInfo> file = new("FILE") { Description = "Where the root goes." };
        Option<FileInfo[]> rootKeys = TrustOptions.PublicKeys("--root-key", RootKey);
        Option<int> threshold = TrustOptions.Threshold("--threshold", "root keys");
        Option<FileInfo[]> catalogueKeys = TrustOptions.PublicKeys("--catalogue-key", CatalogueKey);
        Option<int> catalogueThreshold = TrustOptions.Threshold("--catalogue-threshold", "catalogue keys");
        Option<int> days = TrustOptions.Days();
        Command command = new("init", "Make the first root, to be signed.") { file, rootKeys, threshold, catalogueKeys, catalogueThreshold, days };
        OfflineRun.Does(command, run => Write(run, run.Given.GetRequiredValue(file), NewRoot.First(
            TrustOptions.KeySet(run.Given, rootKeys, threshold) ?? throw Missing(rootKeys, threshold),
            TrustOptions.KeySet(run.Given, catalogueKeys, catalogueThreshold) ?? throw Missing(catalogueKeys, catalogueThreshold),
            run.Now,
            run.Given.GetValue(days))));
        return command;
    }

    private static Command Rotate()
    {
        Option<FileInfo[]> keys = TrustOptions.PublicKeys("--root-key", RootKey + " Those that stay, too; none: all stay.");
        Option<int> threshold = TrustOptions.Threshold("--threshold", "root keys");
        return Next("rotate", "Make the root that follows: with other root keys, or the same for another year.", keys, threshold, (run, root, given, days) =>
            NewRoot.After(root, given, catalogueKeys: null, run.Now, days));
    }

    private static Command Delegate()
    {
        Option<FileInfo[]> keys = TrustOptions.PublicKeys("--catalogue-key", CatalogueKey + " Those that stay, too.");
        Option<int> threshold = TrustOptions.Threshold("--catalogue-threshold", "catalogue keys");
        return Next("delegate", "Make the root that follows: with other catalogue keys.", keys, threshold, (run, root, given, days) =>
            NewRoot.After(root, rootKeys: null, given ?? throw Missing(keys, threshold), run.Now, days));
    }

    private static Command Next(
        string name, string description, Option<FileInfo[]> keys, Option<int> threshold, Func<OfflineRun, Root, KeySet?, int, Root> make)
    {
        Argument<FileInfo> current = new("FILE") { Description = "The root that counts now." };
        Option<FileInfo> next = TrustOptions.Out("Where the next one goes.");
        Option<int> days = TrustOptions.Days();
        Command command = new(name, description) { current, next, keys, threshold, days };
        OfflineRun.Does(command, run =>
        {
            Root root = SealedFile.ReadWholeRoot(run.Given.GetRequiredValue(current)).Content;
            Write(run, run.Given.GetRequiredValue(next), make(run, root, TrustOptions.KeySet(run.Given, keys, threshold), run.Given.GetValue(days)));
        });
        return command;
    }

    private static void Write(OfflineRun run, FileInfo file, Root root)
    {
        IReadOnlyList<Fault> faults = RootRules.Find(root);
        if (faults.Count > 0)
            throw new CtlException(ExitCode.Usage, "The root cannot be made so:\n" + string.Join('\n', faults));
        TrustFile.Create(file, Sealing.Seal(PayloadTypes.Root, root), TrustFile.Readable);
        RootSigning.Print(run, SealedFile.ReadRoot(file), previous: null);
    }

    private static CtlException Missing(Option keys, Option threshold) =>
        new(ExitCode.Usage, $"Give {keys.Name} FILE.pub, once for each key, and {threshold.Name} N.");
}
