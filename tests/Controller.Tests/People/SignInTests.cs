using System.Data.Common;
using System.Net;
using Dapper;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Tests.Console;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.People;

public abstract class SignInTests(StoreKind kind) : IAsyncLifetime
{
    private readonly ConsoleHost _host = new(kind, new() { ["Controller:People:LockoutAfter"] = "3" });
    private Visitor _alice = null!;

    public async ValueTask InitializeAsync() => _alice = await _host.TechnicianAsync();

    [Fact]
    public async Task Right_password_leads_to_the_page_that_was_asked_for()
    {
        using var visitor = _host.Visitor();
        (await visitor.GetAsync("/servers")).Location.ShouldBe("/sign-in?then=%2Fservers");

        var answer = await SignInAsync(visitor, "alice", ConsoleHost.Password, "/servers");

        answer.Location.ShouldBe("/servers");
        (await visitor.GetAsync("/servers")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Nobody_is_sent_to_another_site(string then)
    {
        using var visitor = _host.Visitor();

        (await SignInAsync(visitor, "alice", ConsoleHost.Password, then)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_the_account_without_saying_that_it_exists()
    {
        using var visitor = _host.Visitor();
        for (var i = 0; i < 3; i++)
            (await SignInAsync(visitor, "alice", "wrong wrong wrong")).Status.ShouldBe(HttpStatusCode.OK);

        var locked = await SignInAsync(visitor, "alice", ConsoleHost.Password);
        var unknown = await SignInAsync(visitor, "nobody", ConsoleHost.Password);

        locked.Words.ShouldContain("Name or password is wrong");
        unknown.Words.ShouldContain("Name or password is wrong");
    }

    [Fact]
    public async Task Each_try_is_kept_with_its_address()
    {
        using var visitor = _host.Visitor();
        await SignInAsync(visitor, "alice", "wrong wrong wrong");
        await SignInAsync(visitor, "alice", ConsoleHost.Password);

        var account = await visitor.GetAsync("/account");

        account.Words.ShouldContain("127.0.0.1 Refused");
        account.Words.ShouldContain("127.0.0.1 Password");
        account.Words.ShouldContain("127.0.0.1 One-time link");
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await _alice.PostAsync(await _alice.GetAsync("/"), "/sign-out");

        (await _alice.GetAsync("/")).Location.ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Session_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var visitor = _host.Visitor();

        var answer = await SignInAsync(visitor, "alice", ConsoleHost.Password);

        answer.Headers["Set-Cookie"].ShouldContain("haisoft.session=");
        answer.Headers["Set-Cookie"].ShouldContain("samesite=lax", Case.Insensitive);
        answer.Headers["Set-Cookie"].ShouldContain("httponly", Case.Insensitive);
    }

    [Fact]
    public async Task Second_factor_is_asked_for_once_it_is_on_and_recovery_codes_are_good_once()
    {
        var codes = await TurnOnAsync(_alice);
        using var visitor = _host.Visitor();
        (await SignInAsync(visitor, "alice", ConsoleHost.Password)).Location.ShouldStartWith("/sign-in/code");
        (await visitor.GetAsync("/")).Location.ShouldStartWith("/sign-in");
        var page = await visitor.GetAsync("/sign-in/code");

        (await visitor.PostAsync(page, "/sign-in/code?handler=Recovery", ("code", codes[0]))).Location.ShouldBe("/");

        using var again = _host.Visitor();
        await SignInAsync(again, "alice", ConsoleHost.Password);
        page = await again.GetAsync("/sign-in/code");
        (await again.PostAsync(page, "/sign-in/code?handler=Recovery", ("code", codes[0]))).Words.ShouldContain("The code is wrong");
        (await again.PostAsync(page, "/sign-in/code", ("code", Totp.Now(await SecretAsync())))).Location.ShouldBe("/");
    }

    [Fact]
    public async Task Opening_the_second_factor_page_keeps_the_session_and_its_secret_lies_encrypted()
    {
        var page = await _alice.GetAsync("/account/second-factor");
        var secret = Totp.SecretOf(page);

        (await _alice.GetAsync("/")).Status.ShouldBe(HttpStatusCode.OK);
        Totp.SecretOf(await _alice.GetAsync("/account/second-factor")).ShouldBe(secret);
        await using DbConnection connection = await _host.Get<StoreConnections>().OpenAsync(TestContext.Current.CancellationToken);
        string[] stored = [.. await connection.QueryAsync<string>("SELECT value FROM people_tokens")];
        stored.ShouldNotBeEmpty();
        stored.ShouldAllBe(value => !value.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_it_is_required_nothing_is_shown_before_the_second_factor_is_set_up()
    {
        using var host = new ConsoleHost(kind, new() { ["Controller:People:RequireSecondFactor"] = "true" });
        using var visitor = await host.TechnicianAsync();
        (await visitor.GetAsync("/")).Location.ShouldStartWith("/not-allowed");
        (await visitor.GetAsync("/not-allowed")).Location.ShouldBe("/account/second-factor");

        await TurnOnAsync(visitor);

        (await visitor.GetAsync("/")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/preferences")]
    [InlineData("/welcome")]
    [InlineData("/account/second-factor")]
    [InlineData("/incidents/1?handler=Acknowledge")]
    public async Task A_form_without_the_antiforgery_token_is_refused(string path) =>
        (await _alice.PostAsync(path, ("name", "alice"), ("password", ConsoleHost.Password), ("theme", "dark"))).Status.ShouldBe(HttpStatusCode.BadRequest);

    public ValueTask DisposeAsync()
    {
        _alice.Dispose();
        return _host.DisposeAsync();
    }

    private static async Task<Answer> SignInAsync(Visitor visitor, string name, string password, string then = "/") =>
        await visitor.PostAsync(await visitor.GetAsync("/sign-in"), "/sign-in", ("name", name), ("password", password), ("then", then));

    private static async Task<string[]> TurnOnAsync(Visitor visitor)
    {
        var page = await visitor.GetAsync("/account/second-factor");
        var shown = await visitor.PostAsync(page, "/account/second-factor", ("code", Totp.Now(Totp.SecretOf(page))));
        return Totp.CodesOf(shown).ShouldBeOfType<string[]>();
    }

    private async Task<string> SecretAsync()
    {
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(_host.Services);
        var people = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<Person>>(scope.ServiceProvider);
        return (await people.GetAuthenticatorKeyAsync((await people.FindByNameAsync("alice"))!))!;
    }

    public sealed class OnSqlite() : SignInTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : SignInTests(StoreKind.Postgres);
}
