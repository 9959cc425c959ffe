using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>A root, for people.</summary>
internal static class RootPage
{
    public static void Show(IAnsiConsole console, Root root, OpenedEnvelope envelope)
    {
        Screen.Print(
            console,
            Screen.Text($"Root, version {root.Version}", "bold"),
            Screen.Text($"  made {SealedText.Of(root.CreatedTime)}"),
            Screen.Text($"  expires {SealedText.Of(root.ExpiryTime)}"));
        SealedText.ShowFingerprint(console, envelope);
        SealedText.ShowKeys(console, $"Root keys, {root.RootKeys?.Threshold} must sign", root.RootKeys?.Keys ?? [], envelope);
        SealedText.ShowKeys(console, $"Catalogue keys, {root.CatalogueKeys?.Threshold} must sign a catalogue", root.CatalogueKeys?.Keys ?? [], envelope: null);
    }
}
