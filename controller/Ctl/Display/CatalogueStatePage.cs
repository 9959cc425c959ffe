using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.Judgement;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>What is published, and which servers have taken it, for people.</summary>
internal static class CatalogueStatePage
{
    public static void Show(IAnsiConsole console, GetCatalogueStateResponse state, DateTimeOffset now)
    {
        ShowPublished(console, "Root", state.Root, now);
        ShowPublished(console, "Catalogue", state.Catalogue, now);
        if (state.Servers.Count == 0)
        {
            Screen.Print(console, Screen.Text("No server has told what it holds."));
            return;
        }

        Table table = Screen.Table("Server", "Root", "Catalogue", "Until", "State");
        foreach (ServerCatalogueState server in state.Servers)
        {
            table.AddRow(
                Screen.Text(server.Server),
                Screen.Text(Version(server.RootVersion)),
                Screen.Text(Version(server.CatalogueVersion)),
                Screen.Text(Screen.Instant(Words.Of(server.CatalogueExpiryTime))),
                Of(server, state));
        }

        Screen.Print(console, table);
    }

    private static void ShowPublished(IAnsiConsole console, string what, PublishedEnvelope? published, DateTimeOffset now)
    {
        if (published is null)
        {
            Screen.Print(console, Screen.Text($"{what}: none is published", "magenta"));
            return;
        }

        DateTimeOffset expiry = published.ExpiryTime.ToDateTimeOffset();
        bool isSoon = new Lifetime(now, expiry).WarningAt(now) != ExpiryWarning.None;
        Screen.Print(
            console,
            Screen.Text($"{what}, version {published.Version}", "bold"),
            Screen.Text($"  expires {expiry:u} ({Screen.Instant(expiry)} here)", isSoon ? "red bold" : "default"),
            Screen.Text($"  published {Screen.Instant(Words.Of(published.PublishedTime))} by {published.PublishedBy}"),
            Screen.Text($"  fingerprint {Fingerprint.Of(published.Sha256)}"));
    }

    private static Markup Of(ServerCatalogueState server, GetCatalogueStateResponse state) => server switch
    {
        { Pinned: false } => Screen.Text("no root's fingerprint lies on it: it takes no orders", "magenta"),
        { RefusalDetail.Length: > 0 } => Screen.Text($"refused: {server.RefusalDetail}", "red"),
        _ when server.CatalogueVersion < (state.Catalogue?.Version ?? 0) || server.RootVersion < (state.Root?.Version ?? 0) => Screen.Text("not taken yet", "yellow"),
        _ when server.CatalogueVersion > (state.Catalogue?.Version ?? 0) => Screen.Text("later than what is published", "yellow"),
        _ => Screen.Text("up to date", "green"),
    };

    private static string Version(long version) => version == 0 ? "-" : $"{version}";
}
