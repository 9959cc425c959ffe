using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>Parts of the pages of roots, catalogues and orders.</summary>
internal static class SealedText
{
    /// <summary>The exact bytes' hash, by which people compare that they see the same.</summary>
    public static void ShowFingerprint(IAnsiConsole console, OpenedEnvelope envelope) =>
        Screen.Print(console, Screen.Text("Fingerprint of the exact bytes:"), Screen.Text("  " + Fingerprint.Of(envelope.Sha256), "bold"));

    /// <summary>Keys, and which of them have signed.</summary>
    public static void ShowKeys(IAnsiConsole console, string title, IEnumerable<SigningKey> keys, OpenedEnvelope? envelope)
    {
        Screen.Print(console, Screen.Text(title, "bold"));
        Table table = envelope is null ? Screen.Table("Name", "Key") : Screen.Table("Signed", "Name", "Key");
        foreach (SigningKey key in keys)
        {
            Markup[] cells = [Screen.Text(key.Name), Screen.Text(key.KeyId)];
            bool signed = envelope is not null && envelope.Signatures.Any(signature => signature.KeyId == key.KeyId);
            table.AddRow(envelope is null ? cells : [Screen.Text(signed ? "yes" : "-"), .. cells]);
        }

        Screen.Print(console, table);
    }

    /// <summary>Whose signatures an envelope bears, by what a list says whose keys they are.</summary>
    public static void ShowSignatures(IAnsiConsole console, OpenedEnvelope envelope)
    {
        Screen.Print(console, Screen.Text($"Signatures: {(envelope.Signatures.Count == 0 ? "none" : "")}", "bold"));
        foreach (Signature signature in envelope.Signatures)
            Screen.Print(console, Screen.Text($"  {Of(signature.Kind)}, key {signature.KeyId}"));
    }

    /// <summary>An instant as it stands in the bytes: UTC, and in the time of this machine.</summary>
    public static string Of(Timestamp? time) => Instants.Read(time) is { } instant ? $"{instant:u} ({Screen.Instant(instant)} here)" : "not an instant";

    public static string Of(SignatureKind kind) => kind switch
    {
        SignatureKind.KeyFile => "key file",
        SignatureKind.Passkey => "passkey",
        _ => "unknown kind",
    };

    public static string Of(OperationKind kind) => kind switch
    {
        OperationKind.LocateDisk => "light a disk's LED",
        OperationKind.SelfTest => "disk self-test",
        OperationKind.InstallPackages => "install packages",
        OperationKind.UpdatePackages => "update packages",
        OperationKind.SecurityUpdates => "security updates",
        OperationKind.Undo => "undo",
        _ => "unknown operation",
    };
}
