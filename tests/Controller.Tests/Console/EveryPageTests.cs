using System.Text.Json;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.People;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>
/// Every page in a real browser, in both looks, wide and on a phone: no violation that axe finds, nothing that the content security
/// policy stops, nothing wider than the screen. HAISOFT_SHOTS=FOLDER keeps a picture of each.
/// </summary>
[Trait("Category", "Browser")]
public sealed class EveryPageTests(Chromium chromium, EveryPageTests.Night night) : IClassFixture<Chromium>, IClassFixture<EveryPageTests.Night>
{
    // The rules of all levels; and, of them, those that another look can break.
    internal const string AllRules = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
    private const string RulesOfLook = "['color-contrast', 'link-in-text-block']";

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Every_page_is_accessible_and_fits(int width)
    {
        var faults = new List<string>();
        await LookAsync(night.Session, night.Pages, width, faults);
        await LookAsync(night.CustomersSession, night.CustomersPages, width, faults);

        faults.ShouldBeEmpty(string.Join('\n', faults));
    }

    private async Task LookAsync(IReadOnlyList<Cookie> session, IReadOnlyList<(string Name, string Path)> pages, int width, List<string> faults)
    {
        await using var context = await chromium.OpenAsync(night.Host.Address, dark: false, width);
        await context.AddCookiesAsync(session);
        foreach (var (name, path) in pages)
        {
            var page = await context.NewPageAsync();
            page.Console += (_, message) => AddIf(message.Type == "error" && !message.Text.Contains("status of 40", StringComparison.Ordinal), faults, $"{name}: {message.Text}");
            await page.GotoAsync(path);
            await SettleAsync(page);
            faults.AddRange((await AxeAsync(page, AllRules)).Select(fault => $"{name}: {fault}"));
            var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            AddIf(wide > width, faults, $"{name}: {wide} px wide on a screen of {width}");
            await KeepPictureAsync(page, $"{name}-light-{width}.png");

            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
            await Assertions.Expect(page.Locator("html[data-bs-theme=dark]")).ToBeAttachedAsync();
            faults.AddRange((await AxeAsync(page, RulesOfLook)).Select(fault => $"{name}, dark: {fault}"));
            await KeepPictureAsync(page, $"{name}-dark-{width}.png");
            await page.CloseAsync();
        }
    }

    /// <summary>Live, and every chart drawn: they wait until they are in sight.</summary>
    private static async Task SettleAsync(IPage page)
    {
        if (await page.Locator("#live").CountAsync() > 0)
            await Assertions.Expect(page.Locator("#live[data-state=on]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        foreach (var chart in await page.Locator("[data-chart]").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(chart.Locator("canvas")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        }

        await page.EvaluateAsync("scrollTo(0, 0)");
    }

    private static void AddIf(bool condition, List<string> faults, string fault)
    {
        if (condition)
            faults.Add(fault);
    }

    internal static async Task<IReadOnlyList<string>> AxeAsync(IPage page, string rules)
    {
        Assert.SkipWhen(Chromium.AxeScript is null, "axe-core is missing: run npm ci.");
        await page.EvaluateAsync(await File.ReadAllTextAsync(Chromium.AxeScript));
        var outcome = await page.EvaluateAsync<JsonElement>(
            $"async () => (await axe.run(document, {{ runOnly: {rules} }})).violations"
            + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | '))");
        return [.. outcome.EnumerateArray().Select(v => v.GetString()!)];
    }

    internal static async Task KeepPictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("HAISOFT_SHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
    }

    /// <summary>One controller with a bad night behind it, and a technician and a customer who are signed in.</summary>
    public sealed class Night : IAsyncLifetime
    {
        public ConsoleHost Host { get; } = new();

        public IReadOnlyList<Cookie> Session { get; private set; } = [];

        public IReadOnlyList<(string Name, string Path)> Pages { get; private set; } = [];

        public IReadOnlyList<Cookie> CustomersSession { get; private set; } = [];

        public IReadOnlyList<(string Name, string Path)> CustomersPages { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var link = Host.SignInLink;
            using var alice = await Host.TechnicianAsync();
            Session = SessionOf(alice);
            var scene = new Scene(Host);
            await scene.RecordsAsync();
            await scene.PasskeyAsync("alice");
            var disk = await scene.BadNightAsync();
            await scene.ComponentsAsync("db-02");
            await scene.MeasurementsAsync("db-02");
            var invited = (await Host.Get<Accounts>().AddAsync(
                new("carl@epinette.example", Roles.Customer, "Studio Épinette"), new("test", null, AccountReach.Customers), CancellationToken.None))
                .ShouldBeOfType<AccountStep.Done>().Link.ShouldNotBeNull();
            using var eve = await Host.CustomerAsync("eve@epinette.example", "Studio Épinette");
            CustomersSession = SessionOf(eve);
            var (quoted, _) = await scene.QuotedAsync("db-02", "Please build nginx from source, with our module.", "Build of nginx 1.28 from source");
            var (unquoted, _) = await scene.QuotedAsync("web-01", "A second wish", "Work");
            var operations = new OperationScene(Host, await scene.IdOfAsync("db-02"));
            var awaiting = await operations.AwaitingAsync(quoted);
            var running = await operations.RunningAsync();
            var failed = await operations.FailedAsync();
            var succeeded = await operations.SucceededAsync();
            var (undone, _) = await operations.UndoneAsync();
            var unknown = await operations.UnknownAsync();
            var rollout = await new RolloutScene(Host).HeldAsync(await scene.IdOfAsync("web-01"), await scene.IdOfAsync("db-02"), await scene.IdOfAsync("host-09"));
            await TrustNoticeTests.PublishForAnotherAsync(Host);
            CustomersPages =
            [
                ("my", "/my"), ("my-server", "/my/servers/db-02"), ("my-requests", "/my/requests"), ("my-request-which", "/my/requests/new"),
                ("my-request-packages", "/my/requests/new?kind=install-packages&server=db-02"), ("my-request-update", "/my/requests/new?kind=update-components"),
                ("my-request-monitor", "/my/requests/new?kind=monitor-service"), ("my-request-quoted", $"/my/requests/{quoted}"), ("my-operation", $"/my/operations/{failed}"),
                ("my-account", "/account"), ("my-passkeys", "/account/passkeys"), ("my-not-allowed", "/not-allowed?then=/queue"),
            ];
            var open = await Host.Get<SignInLinks>().CreateAsync(Roles.Technician, "test", CancellationToken.None);
            var fresh = (await Host.Get<IncidentBoard>().ListAsync(false, null, CancellationToken.None)).Incidents.First(i => i.State == IncidentState.Detected);
            Pages =
            [
                ("sign-in", "/sign-in"), ("code", "/sign-in/code"), ("welcome", $"/welcome?link={open.Token}"), ("welcome-used", link), ("welcome-known", $"/welcome?link={invited.Token}"), ("queue", "/"), ("queue-all", "/?show=all"), ("queue-none", "/?q=nothing"),
                ("incident-disk", $"/incidents/{disk}"), ("incident-new", $"/incidents/{fresh.Number}"), ("servers", "/servers"), ("server-full", "/servers/db-02"),
                ("server-bare", "/servers/host-09"), ("customers", "/customers"), ("people", "/people"), ("requests", "/requests"), ("request", $"/requests/{unquoted}"), ("account", "/account"), ("second-factor", "/account/second-factor"), ("passkeys", "/account/passkeys"),
                ("operations", "/operations?show=all"), ("operation-awaiting", $"/operations/{awaiting}"), ("operation-running", $"/operations/{running}"), ("operation-failed", $"/operations/{failed}"),
                ("operation-succeeded", $"/operations/{succeeded}"), ("operation-undone", $"/operations/{undone}"), ("operation-unknown", $"/operations/{unknown}"), ("rollouts", "/rollouts"), ("rollout-held", $"/rollouts/{rollout}"),
                ("sign-out", "/sign-out"), ("not-found", "/nothing/here"), ("not-allowed", "/not-allowed"),
            ];
        }

        private Cookie[] SessionOf(Visitor visitor) =>
            [.. visitor.Cookies.GetCookies(Host.Address).Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = Host.Address.ToString() })];

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
