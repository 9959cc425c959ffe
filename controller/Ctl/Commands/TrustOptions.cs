using System.CommandLine;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary>Options that several commands of keys, roots and catalogues take.</summary>
internal static class TrustOptions
{
    public static Option<FileInfo> SigningKey() => new("--key") { Description = "Your private key file.", Required = true, HelpName = "FILE" };

    public static Option<FileInfo?> PassphraseFile() => new("--passphrase-file")
    {
        Description = "A file (mode 0600) whose first line is the passphrase. Default: it is asked for.",
        HelpName = "FILE",
    };

    public static Option<FileInfo[]> PublicKeys(string name, string description) => new(name) { Description = description, HelpName = "FILE.pub" };

    public static Option<int> Threshold(string name, string whose) =>
        new(name) { Description = $"How many different {whose} must sign; at least 2.", HelpName = "N" };

    public static Option<int> Days() => new("--days")
    {
        Description = "For how many days it counts; at most 400.",
        DefaultValueFactory = _ => 365,
        HelpName = "N",
    };

    public static Option<FileInfo> Out(string description) => new("--out") { Description = description, Required = true, HelpName = "FILE" };

    /// <summary>The keys and the threshold that were given; null when neither was.</summary>
    /// <exception cref="CtlException">Only one of them was.</exception>
    public static KeySet? KeySet(ParseResult given, Option<FileInfo[]> keys, Option<int> threshold)
    {
        FileInfo[] files = given.GetValue(keys) ?? [];
        int least = given.GetValue(threshold);
        if (files.Length == 0 && least == 0)
            return null;
        return files.Length > 0 && least > 0
            ? new KeySet { Keys = { files.Select(KeyFiles.ReadPublic) }, Threshold = least }
            : throw new CtlException(ExitCode.Usage, $"Give {keys.Name} (once for each key, also those that stay) and {threshold.Name} together.");
    }
}
