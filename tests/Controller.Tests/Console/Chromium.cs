using HaiSoft.Testing.Files;
using Microsoft.Playwright;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>The system's Chromium, started once for a class of tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Program { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>The accessibility checker's script; absent before npm ci.</summary>
    public static string? AxeScript { get; } =
        File.Exists(RepositoryFolder.In("node_modules", "axe-core", "axe.min.js")) ? RepositoryFolder.In("node_modules", "axe-core", "axe.min.js") : null;

    public static bool HasAssets { get; } = File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "lib", "htmx.min.js"));

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Flags });
    }

    /// <summary>A window of its own; skips the test where there is no Chromium or no assets.</summary>
    public async Task<IBrowserContext> OpenAsync(Uri address, bool dark = false, int width = 1280, bool scripts = true)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not installed (Debian's package chromium).");
        Assert.SkipUnless(HasAssets, "The console's assets are missing: run npm ci, then build again.");
        return await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
            Locale = "en-GB",
            JavaScriptEnabled = scripts,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
