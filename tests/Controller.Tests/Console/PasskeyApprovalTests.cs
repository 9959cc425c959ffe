using HaiSoft.Controller.Catalogues;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Ctl.Trust;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>A technician's passkey from its adding to an approval, in a real browser; and what it does not approve.</summary>
[Trait("Category", "Browser")]
public sealed class PasskeyApprovalTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly ConsoleHost _host = new();
    private readonly TestAuthority _authority = new(TimeProvider.System.GetUtcNow());
    private OperationScene _operations = null!;
    private Visitor _alice = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _alice = await _host.TechnicianAsync();
        Scene scene = new(_host);
        await scene.RecordsAsync();
        _operations = new(_host, await scene.IdOfAsync("db-02"));
        await _host.Get<CataloguePublishing>().PublishRootAsync(_authority.Root, "test", Token);
        await PublishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_passkey_that_the_catalogue_lists_approves_the_update_that_its_page_shows()
    {
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        IPage page = browser.Page;
        long number = await _operations.AwaitingAsync();
        await browser.AddPasskeyAsync("Office laptop");
        await Assertions.Expect(page.GetByText("Not in the catalogue yet")).ToBeVisibleAsync();
        await page.GotoAsync($"/operations/{number}");
        await Assertions.Expect(page.GetByText("None of your passkeys is listed")).ToBeVisibleAsync();
        await ListShownAsync(page);
        await Assertions.Expect(page.GetByText("Listed in the catalogue")).ToBeVisibleAsync();

        await page.GotoAsync($"/operations/{number}");
        (await EveryPageTests.AxeAsync(page, EveryPageTests.AllRules)).ShouldBeEmpty();
        await EveryPageTests.KeepPictureAsync(page, "operation-passkey.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve with passkey" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByText("Signed by").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve with passkey" })).ToHaveCountAsync(0);
        (await SealAsync(number)).ShouldBeNull();
        await page.GotoAsync("/account/passkeys");
        await Assertions.Expect(page.GetByText("last used")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_above_a_passkeys_class_has_no_button_and_a_forged_page_gets_no_further()
    {
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        IPage page = browser.Page;
        long update = await _operations.AwaitingAsync();
        long install = await _operations.AwaitingAsync(order => order.InstallPackages = new() { Packages = { new PackageInstall { Name = "httpd" } } });
        await browser.AddPasskeyAsync("Office laptop");
        await ListShownAsync(page);

        await page.GotoAsync($"/operations/{install}");

        await Assertions.Expect(page.GetByText("The catalogue takes no passkey for this operation")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText($"haisoftctl approve {install}")).ToBeVisibleAsync();
        // The page of the update, its question exchanged for the installation's.
        await page.GotoAsync($"/operations/{update}");
        await browser.SendAsync(await PasskeyBrowser.SignAsync(page.MainFrame, await ChallengeAsync(install)), $"/operations/{install}?handler=Approve");
        await Assertions.Expect(page.GetByText("This kind of signature does not count for this operation")).ToBeVisibleAsync();
        (await StateAsync(install)).ShouldBe(OperationState.AwaitingApproval);
    }

    [Fact]
    public async Task What_was_signed_for_one_update_does_not_approve_another()
    {
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        IPage page = browser.Page;
        long shown = await _operations.AwaitingAsync();
        long other = await _operations.AwaitingAsync();
        await browser.AddPasskeyAsync("Office laptop");
        await ListShownAsync(page);
        await page.GotoAsync($"/operations/{shown}");

        await browser.SendAsync(await PasskeyBrowser.SignAsync(page.MainFrame, await ChallengeAsync(shown)), $"/operations/{other}?handler=Approve");

        await Assertions.Expect(page.GetByText("The passkey signed for something else than this order")).ToBeVisibleAsync();
        (await StateAsync(other)).ShouldBe(OperationState.AwaitingApproval);
    }

    [Fact]
    public async Task What_was_signed_for_a_sign_in_approves_nothing()
    {
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        long number = await _operations.AwaitingAsync();
        await browser.AddPasskeyAsync("Office laptop");
        await ListShownAsync(browser.Page);
        await browser.Page.GotoAsync("/sign-in");
        string answer = await PasskeyBrowser.SignAsync(browser.Page.MainFrame, await browser.AskToSignInAsync());

        await browser.Page.GotoAsync($"/operations/{number}");
        await browser.SendAsync(answer, $"/operations/{number}?handler=Approve");

        await Assertions.Expect(browser.Page.GetByText("The passkey signed for something else than this order")).ToBeVisibleAsync();
        (await StateAsync(number)).ShouldBe(OperationState.AwaitingApproval);
    }

    [Fact]
    public async Task Without_scripts_the_page_says_what_to_do()
    {
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        long number = await _operations.AwaitingAsync();
        await browser.AddPasskeyAsync("Office laptop");
        await ListShownAsync(browser.Page);
        await browser.Page.GotoAsync($"/operations/{number}");
        var plain = await _host.TechnicianAsync("bob");

        // What a browser sends that runs no script: the form as it stands.
        await browser.Page.EvaluateAsync("document.querySelector('form[data-passkey]').submit()");

        await Assertions.Expect(browser.Page.GetByText("Passkeys need JavaScript").First).ToBeVisibleAsync();
        (await plain.GetAsync("/account/passkeys")).Text.ShouldContain("<noscript>");
        (await StateAsync(number)).ShouldBe(OperationState.AwaitingApproval);
        plain.Dispose();
    }

    private async Task PublishAsync(params Approver[] passkeys) => (await _host.Get<CataloguePublishing>()
        .PublishCatalogueAsync(_authority.NextCatalogue(_host.Get<OrderKey>().Public, passkeys), "test", Token)).ShouldBeOfType<Publication.Done>();

    // By the entry that the account's page gives for it.
    private async Task ListShownAsync(IPage page)
    {
        await page.GotoAsync("/account/passkeys");
        await page.GetByText("For the catalogue").ClickAsync();
        await PublishAsync(Approver.Parser.ParseJson(await page.Locator("pre").First.InnerTextAsync()));
        await page.ReloadAsync();
    }

    private async Task<byte[]> ChallengeAsync(long number) => Protocol.Trust.Passkeys.PasskeyChallenge.ForOrder((await RowAsync(number)).Payload);

    // Null: its server would take it as it is.
    private async Task<TrustRefusal?> SealAsync(long number)
    {
        OperationRow row = await RowAsync(number);
        row.State.ShouldBe(OperationState.Approved);
        await using ControllerDbContext db = await _host.Get<IDbContextFactory<ControllerDbContext>>().CreateDbContextAsync(Token);
        IReadOnlyList<Signature> signatures = await OrderQueue.SignaturesAsync(db, number, Token);
        return (await _host.Get<OrderSealing>().SealAsync(row, signatures, TimeProvider.System.GetUtcNow(), Token)).Refusal?.Reason;
    }

    private async Task<OperationState> StateAsync(long number) => (await RowAsync(number)).State;

    private async Task<OperationRow> RowAsync(long number) =>
        (await _host.Get<OperationBoard>().FindAsync(number, OperationActor.Controller, Token)).ShouldNotBeNull().Operation.Row;
}
