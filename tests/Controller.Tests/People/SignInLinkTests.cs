using System.Net;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Tests.Console;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.People;

public abstract class SignInLinkTests(StoreKind kind) : IDisposable
{
    private readonly ConsoleHost _host = new(kind);

    [Fact]
    public async Task First_start_leaves_a_link_that_makes_the_first_administrator_and_leads_to_the_queue()
    {
        var link = _host.SignInLink;
        File.GetUnixFileMode(Path.Combine(_host.DataFolder, "sign-in-link")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var visitor = _host.Visitor();
        var welcome = await visitor.GetAsync(link);
        welcome.Status.ShouldBe(HttpStatusCode.OK);

        var answer = await RedeemAsync(visitor, welcome, link, "alice");

        answer.Status.ShouldBe(HttpStatusCode.Redirect);
        answer.Location.ShouldBe("/");
        (await visitor.GetAsync("/")).Words.ShouldContain("Nothing is broken");
        File.Exists(Path.Combine(_host.DataFolder, "sign-in-link")).ShouldBeFalse();
    }

    [Fact]
    public async Task Link_is_good_once()
    {
        var link = _host.SignInLink;
        using var first = _host.Visitor();
        await RedeemAsync(first, await first.GetAsync(link), link, "alice");
        using var second = _host.Visitor();

        (await second.GetAsync(link)).Words.ShouldContain("This link was used already");
    }

    [Fact]
    public async Task Two_who_send_the_same_link_at_once_make_one_account()
    {
        var link = _host.SignInLink;
        using var a = _host.Visitor();
        using var b = _host.Visitor();
        var (pageOfA, pageOfB) = (await a.GetAsync(link), await b.GetAsync(link));

        var answers = await Task.WhenAll(RedeemAsync(a, pageOfA, link, "alice"), RedeemAsync(b, pageOfB, link, "bob"));

        answers.Count(answer => answer.Status == HttpStatusCode.Redirect).ShouldBe(1);
    }

    [Fact]
    public async Task Link_expires()
    {
        using var host = new ConsoleHost(kind, new() { ["Controller:People:SignInLinkLifetime"] = "00:01:00" });
        using var visitor = host.Visitor();
        var old = await host.Get<SignInLinks>().CreateAsync(Roles.Administrator, "test", CancellationToken.None);
        old.ExpiryTime.ShouldBeLessThanOrEqualTo(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await AgeAsync(host, TimeSpan.FromMinutes(2));

        (await visitor.GetAsync($"/welcome?link={old.Token}")).Words.ShouldContain("This link has expired");
    }

    [Fact]
    public async Task New_link_withdraws_the_one_before()
    {
        var link = _host.SignInLink;
        await _host.Get<SignInLinks>().CreateAsync(Roles.Administrator, "test", CancellationToken.None);
        using var visitor = _host.Visitor();

        (await visitor.GetAsync(link)).Words.ShouldContain("A newer link took the place");
    }

    [Fact]
    public async Task The_verb_makes_a_new_link_beside_a_running_controller()
    {
        var lost = _host.SignInLink;

        var result = await Tool.RunAsync(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "haisoft-controller.dll"), "sign-in-link", .. _host.StoreOptions,
                $"--Controller:ConsoleEndpoint={_host.Address.GetLeftPart(UriPartial.Authority)}",
            ],
            TestContext.Current.CancellationToken);

        result.ExitCode.ShouldBe(0, result.Error);
        var link = _host.SignInLink;
        result.Output.ShouldContain(link);
        using var visitor = _host.Visitor();
        (await visitor.GetAsync(lost)).Words.ShouldContain("A newer link took the place");
        (await visitor.GetAsync(link)).Words.ShouldContain("This link makes your account");
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz9e5769bdf56149c72ee5380fd685df6775d646562a05b015ea08b4655b7a101")]
    public async Task Unknown_link_is_refused_with_what_to_do(string token)
    {
        using var visitor = _host.Visitor();

        var answer = await visitor.GetAsync($"/welcome?link={token}");

        answer.Words.ShouldContain("This link is not known here");
        answer.Words.ShouldContain("haisoft-controller sign-in-link");
    }

    [Theory]
    [InlineData("alice", "short", "at least 12 characters")]
    [InlineData("alice", "aaaaaaaaaaaaaaaa", "easily guessed")]
    [InlineData("alice", "alicealicealice", "easily guessed")]
    [InlineData("<b>", "correct horse battery", "letters, digits")]
    public async Task Bad_name_or_password_uses_the_link_not_up(string name, string password, string expected)
    {
        var link = _host.SignInLink;
        using var visitor = _host.Visitor();

        var answer = await RedeemAsync(visitor, await visitor.GetAsync(link), link, name, password);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Words.ShouldContain(expected);
        (await visitor.GetAsync(link)).Words.ShouldContain("This link makes your account");
    }

    public void Dispose() => _host.Dispose();

    private static Task<Answer> RedeemAsync(Visitor visitor, Answer page, string link, string name, string password = ConsoleHost.Password) =>
        visitor.PostAsync(page, "/welcome", ("link", link.Split('=')[1]), ("name", name), ("password", password), ("repeat", password));

    private static Task AgeAsync(ConsoleHost host, TimeSpan by) => host.Get<HaiSoft.Controller.Storage.WriteGate>().WriteAsync(
        async (session, token) =>
        {
            await Dapper.SqlMapper.ExecuteAsync(
                session.Connection, "UPDATE sign_in_links SET expiry_time = expiry_time - @by", new { by = by.Ticks / 10 }, session.Transaction);
        },
        CancellationToken.None);

    public sealed class OnSqlite() : SignInLinkTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : SignInLinkTests(StoreKind.Postgres);
}
