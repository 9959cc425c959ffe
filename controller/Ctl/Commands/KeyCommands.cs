using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>key new|show</c>.</summary>
internal static class KeyCommands
{
    public static Command Create() => new("key", "Keys that sign roots, catalogues and orders. Works without a controller.") { New(), Show() };

    private static Command New()
    {
        Argument<FileInfo> file = new("FILE") { Description = "Where the private key goes (mode 0600); the public one goes to FILE.pub." };
        Option<string> name = new("--name") { Description = "Whose it is, as others will read it.", Required = true, HelpName = "NAME" };
        Option<FileInfo?> passphrase = TrustOptions.PassphraseFile();
        Command command = new("new", "Make a key, under a passphrase, on the machine where it stays.") { file, name, passphrase };
        OfflineRun.Does(command, run =>
        {
            FileInfo target = run.Given.GetRequiredValue(file);
            SigningKey key = KeyFiles.Create(target, NameOf(run.Given.GetRequiredValue(name)), Passphrase.Choose(run.Given.GetValue(passphrase)));
            Print(run, key);
            if (!run.Output.IsJson)
                run.Say($"Keep {target.Name} to yourself; give {target.Name}.pub to who makes the root or the catalogue, and tell the key id by another way.");
        });
        return command;
    }

    private static Command Show()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A public key (FILE.pub)." };
        Command command = new("show", "Show whose a public key is, and its id.") { file };
        OfflineRun.Does(command, run => Print(run, KeyFiles.ReadPublic(run.Given.GetRequiredValue(file))));
        return command;
    }

    private static string NameOf(string name) => name.Length is > 0 and <= 100 && name == Words.Visible(name).Trim()
        ? name
        : throw new CtlException(ExitCode.Usage, "A name has 1 to 100 visible characters.");

    private static void Print(OfflineRun run, SigningKey key) => run.Output.Write(
        new KeyShape(key.KeyId, key.Name, key.PublicKey.ToBase64()),
        ShapesJson.Default.KeyShape,
        () => run.Say($"{key.Name}: {Fingerprint.Of(key.KeyId)}"));
}
