using HaiSoft.Controller.Incidents;
using Microsoft.Playwright;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>What happens on a page by itself, in a real browser.</summary>
[Trait("Category", "Browser")]
public sealed class LivePageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly ConsoleHost _host = new();
    private Scene _scene = null!;
    private Visitor _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _alice = await _host.TechnicianAsync();
        _scene = new Scene(_host);
        await _scene.RecordsAsync();
    }

    [Fact]
    public async Task A_new_incident_comes_onto_the_queue_and_counts_down_without_a_reload()
    {
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("#live[data-state=on]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Assertions.Expect(page.GetByText("Nothing is broken")).ToBeVisibleAsync();

        await IncidentAsync();

        await Assertions.Expect(page.GetByText("mariadb.service is down").First).ToBeVisibleAsync(new() { Timeout = 10_000 });
        var clock = page.Locator("[data-due]").First;
        var shown = await clock.TextContentAsync();
        await Assertions.Expect(clock).Not.ToHaveTextAsync(shown!, new() { Timeout = 10_000 });
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/incidents/*");
    }

    [Fact]
    public async Task What_a_server_tells_of_an_operation_comes_onto_its_page_without_a_reload()
    {
        var operations = new OperationScene(_host, await _scene.IdOfAsync("web-01"));
        var number = await operations.RunningAsync();
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/operations/{number}");
        await Assertions.Expect(page.Locator("#live[data-state=on]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Assertions.Expect(page.GetByText("Changes packages 1 / 3")).ToBeVisibleAsync();

        await operations.ProgressAsync(number, done: 2);

        await Assertions.Expect(page.GetByText("Changes packages 2 / 3")).ToBeVisibleAsync(new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task A_change_does_not_take_away_what_somebody_is_typing()
    {
        var number = await IncidentAsync();
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/incidents/{number}");
        await Assertions.Expect(page.Locator("#live[data-state=on]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.GetByText("Resolve", new() { Exact = true }).ClickAsync();
        await page.FillAsync("textarea[name=note]", "half a sen");

        await _host.Get<IncidentWork>().AcknowledgeAsync(number, "bob", CancellationToken.None);

        await Assertions.Expect(page.Locator("#incident").GetByText("Acknowledged")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await Assertions.Expect(page.Locator("textarea[name=note]")).ToHaveValueAsync("half a sen");
    }

    [Fact]
    public async Task A_lost_connection_is_said_plainly_and_comes_back_by_itself()
    {
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("#live[data-state=on]")).ToBeVisibleAsync(new() { Timeout = 20_000 });

        await context.RouteAsync("**/live", route => route.AbortAsync());
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#lost")).ToBeVisibleAsync(new() { Timeout = 20_000 });

        await context.UnrouteAsync("**/live");
        await Assertions.Expect(page.Locator("#lost")).ToBeHiddenAsync(new() { Timeout = 40_000 });
    }

    public ValueTask DisposeAsync()
    {
        _alice.Dispose();
        return _host.DisposeAsync();
    }

    private Task<long> IncidentAsync() =>
        _scene.IncidentAsync("web-01", IncidentKind.Service, "mariadb.service is down", TimeSpan.FromMinutes(5), "ActiveState failed twice");

    private async Task<IBrowserContext> OpenAsync()
    {
        var context = await chromium.OpenAsync(_host.Address, width: 390);
        await context.AddCookiesAsync(_alice.Cookies.GetCookies(_host.Address)
            .Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = _host.Address.ToString() }));
        return context;
    }
}
