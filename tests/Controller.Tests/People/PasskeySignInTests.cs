using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Console;
using HaiSoft.Protocol.Trust.Passkeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.People;

/// <summary>Sign-in by passkey, in a real browser.</summary>
[Trait("Category", "Browser")]
public abstract class PasskeySignInTests(StoreKind kind, Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string SignIn = "/sign-in?handler=Passkey";
    private readonly ConsoleHost _host = new(
        kind, new() { ["Controller:People:LockoutAfter"] = "3", ["Controller:People:RequireSecondFactor"] = "true" });

    private Visitor _alice = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _alice = await _host.TechnicianAsync();

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_passkey_is_the_second_factor_that_technicians_must_have_and_signs_in_alone()
    {
        (await _alice.GetAsync("/")).Location.ShouldStartWith("/not-allowed");
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        await browser.AddPasskeyAsync("Office laptop");
        await browser.Page.GotoAsync("/");
        await Assertions.Expect(browser.Page.GetByText("Nothing is broken")).ToBeVisibleAsync();
        await browser.Context.ClearCookiesAsync();

        await browser.Page.GotoAsync("/sign-in?then=%2Faccount");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).FocusAsync();
        await browser.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Cell, new() { Name = "Passkey", Exact = true })).ToBeVisibleAsync();
        using Visitor thief = _host.Visitor();
        Answer page = await thief.PostAsync(
            await thief.GetAsync("/sign-in"), "/sign-in", ("name", "alice"), ("password", ConsoleHost.Password), ("then", "/"));
        page.Location.ShouldStartWith("/sign-in/code");
        (await thief.GetAsync("/")).Location.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task The_last_second_factor_of_a_technician_stays_and_a_customers_goes()
    {
        await new Scene(_host).RecordsAsync();
        using Visitor eve = await _host.CustomerAsync("eve@epinette.example", "Studio Épinette");

        await using PasskeyBrowser technician = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        await technician.AddPasskeyAsync("Office laptop");
        await technician.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(technician.Page.GetByText("It is your last second factor")).ToBeVisibleAsync();

        await using PasskeyBrowser customer = await PasskeyBrowser.OpenAsync(chromium, _host, eve);
        await customer.AddPasskeyAsync("Phone");
        await Assertions.Expect(customer.Page.GetByText("catalogue")).ToHaveCountAsync(0);
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(customer.Page.GetByRole(AriaRole.Heading, new() { Name = "Phone" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_signed_for_an_order_signs_nobody_in_and_locks_after_too_many_tries()
    {
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        await browser.AddPasskeyAsync("Office laptop");
        await browser.Context.ClearCookiesAsync();
        string forOrder = await PasskeyBrowser.SignAsync(browser.Page.MainFrame, PasskeyChallenge.ForOrder(RandomNumberGenerator.GetBytes(200)));
        for (int i = 0; i < 3; i++)
            await TryAsync(browser, forOrder, "This passkey signs nobody in here");

        await browser.Page.GotoAsync("/sign-in");
        await TryAsync(browser, await PasskeyBrowser.SignAsync(browser.Page.MainFrame, await browser.AskToSignInAsync()), "or sign-in is locked", ask: false);

        (await OutcomesAsync()).ShouldBe([SignInOutcome.LockedOut, SignInOutcome.Refused, SignInOutcome.Refused, SignInOutcome.Refused, SignInOutcome.Link]);
    }

    [Fact]
    public async Task An_answer_counts_once_and_only_where_it_was_asked_for()
    {
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, _alice);
        await browser.AddPasskeyAsync("Office laptop");
        await browser.Context.ClearCookiesAsync();
        await browser.Page.GotoAsync("/sign-in");
        byte[] challenge = await browser.AskToSignInAsync();
        string framed = await browser.SignFramedAsync(challenge);

        await browser.Page.GotoAsync("/sign-in");
        await TryAsync(browser, framed, "This passkey signs nobody in here", ask: false);
        await browser.Page.GotoAsync("/sign-in");
        string answer = await PasskeyBrowser.SignAsync(browser.Page.MainFrame, challenge);
        await TryAsync(browser, answer, "That took too long", ask: false);
        await TryAsync(browser, answer, "This passkey signs nobody in here");
    }

    [Theory]
    [InlineData("\"id\"")]
    [InlineData("\"rawId\"")]
    public async Task Nobody_is_signed_in_by_an_answer_that_names_somebody_elses_passkey(string member)
    {
        using Visitor bob = await _host.TechnicianAsync("bob");
        PersonPasskey others = await new Scene(_host).PasskeyAsync("alice");
        await using PasskeyBrowser browser = await PasskeyBrowser.OpenAsync(chromium, _host, bob);
        await browser.AddPasskeyAsync("Bob's phone");
        await browser.Context.ClearCookiesAsync();
        await browser.Page.GotoAsync("/sign-in");
        string answer = await PasskeyBrowser.SignAsync(browser.Page.MainFrame, await browser.AskToSignInAsync());
        string own = JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("id").GetString().ShouldNotBeNull();

        string forged = answer.Replace($"{member}:\"{own}\"", $"{member}:\"{Base64Url.EncodeToString(others.CredentialId)}\"", StringComparison.Ordinal);

        forged.ShouldNotBe(answer);
        await TryAsync(browser, forged, "This passkey signs nobody in here", ask: false);
        await browser.Page.GotoAsync("/account");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    public sealed class OnSqlite(Chromium chromium) : PasskeySignInTests(StoreKind.Sqlite, chromium);

    public sealed class OnPostgres(Chromium chromium) : PasskeySignInTests(StoreKind.Postgres, chromium);

    private static async Task TryAsync(PasskeyBrowser browser, string answer, string expected, bool ask = true)
    {
        if (ask)
        {
            await browser.Page.GotoAsync("/sign-in");
            await browser.AskToSignInAsync();
        }

        await browser.SendAsync(answer, SignIn);
        await Assertions.Expect(browser.Page.GetByText(expected)).ToBeVisibleAsync();
    }

    private async Task<IEnumerable<SignInOutcome>> OutcomesAsync()
    {
        await using ControllerDbContext db = await _host.Get<IDbContextFactory<ControllerDbContext>>().CreateDbContextAsync(Token);
        string alice = await db.Set<Person>().Where(person => person.UserName == "alice").Select(person => person.Id).SingleAsync(Token);
        return (await _host.Get<SignInRecords>().LastAsync(alice, 10, Token)).Select(signIn => signIn.Outcome);
    }
}
