using System.Net;
using System.Text.RegularExpressions;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Console;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.People;

/// <summary>How people of customers, technicians and approvers come in and are shut out, on the page of people.</summary>
public abstract partial class AccountTests(StoreKind kind) : IAsyncLifetime
{
    private const string Martin = "paul+shop@martin.example";
    private readonly ConsoleHost _host = new(kind);
    private Visitor _alice = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _alice = await _host.TechnicianAsync();
        await new Scene(_host).RecordsAsync();
    }

    [Fact]
    public async Task A_customers_person_is_added_chooses_a_password_and_sees_the_servers_that_it_rents()
    {
        var link = LinkIn(await AddAsync(_alice, Martin, "customer", "boulangerie martin"));
        using var paul = _host.Visitor();
        var welcome = await paul.GetAsync(link);
        welcome.Text.ShouldContain("paul&#x2B;shop@martin.example");

        (await ChooseAsync(paul, welcome, link)).Location.ShouldBe("/");

        (await paul.GetAsync("/")).Location.ShouldBe("/not-allowed?then=%2F");
        (await paul.GetAsync("/not-allowed?then=%2F")).Location.ShouldBe("/my");
        var servers = await paul.GetAsync("/my");
        servers.Words.ShouldContain("web-01");
        servers.Words.ShouldNotContain("db-02");
        using var again = _host.Visitor();
        (await SignInAsync(again, Martin.ToUpperInvariant())).Location.ShouldBe("/");
    }

    [Fact]
    public async Task Nobody_signs_in_before_the_link_is_used_and_a_new_link_replaces_it()
    {
        var first = LinkIn(await AddAsync(_alice, Martin, "customer", "Boulangerie Martin"));
        using var paul = _host.Visitor();
        (await SignInAsync(paul, Martin)).Words.ShouldContain("is wrong");

        var second = LinkIn(await PostAsync(_alice, "Link", ("name", Martin)));

        (await paul.GetAsync(first)).Words.ShouldContain("A newer link took the place");
        (await paul.GetAsync(second)).Words.ShouldContain("Choose the password");
    }

    [Fact]
    public async Task A_lost_password_is_replaced_by_a_new_link_and_ends_what_the_old_one_opened()
    {
        using var paul = await _host.CustomerAsync(Martin, "Boulangerie Martin");
        var link = LinkIn(await PostAsync(_alice, "Link", ("name", Martin)));
        using var anew = _host.Visitor();

        await ChooseAsync(anew, await anew.GetAsync(link), link, "another long enough password");

        (await anew.GetAsync("/my")).Status.ShouldBe(HttpStatusCode.OK);
        using var old = _host.Visitor();
        (await SignInAsync(old, Martin)).Words.ShouldContain("is wrong");
        using var right = _host.Visitor();
        (await SignInAsync(right, Martin, "another long enough password")).Location.ShouldBe("/");
    }

    [Fact]
    public async Task A_new_link_does_not_get_around_a_second_factor()
    {
        using var paul = await _host.CustomerAsync(Martin, "Boulangerie Martin");
        var page = await paul.GetAsync("/account/second-factor");
        Totp.CodesOf(await paul.PostAsync(page, "/account/second-factor", ("code", Totp.Now(Totp.SecretOf(page)))));
        var link = LinkIn(await PostAsync(_alice, "Link", ("name", Martin)));
        using var thief = _host.Visitor();

        (await ChooseAsync(thief, await thief.GetAsync(link), link)).Location.ShouldBe("/sign-in");

        (await thief.GetAsync("/my")).Location.ShouldStartWith("/sign-in");
        (await SignInAsync(thief, Martin)).Location.ShouldStartWith("/sign-in/code");
    }

    [Fact]
    public async Task Who_is_disabled_cannot_sign_in_until_added_again()
    {
        using var paul = await _host.CustomerAsync(Martin, "Boulangerie Martin");

        (await PostAsync(_alice, "Disable", ("name", Martin))).Location.ShouldBe("/people");

        using var again = _host.Visitor();
        (await SignInAsync(again, Martin)).Words.ShouldContain("is wrong");
        (await PostAsync(_alice, "Link", ("name", Martin))).Words.ShouldContain("add the person again");
        (await AddAsync(_alice, Martin, "customer", "Studio Épinette")).Words.ShouldContain("signs in by this name already");
        var link = LinkIn(await AddAsync(_alice, Martin, "customer", "Boulangerie Martin"));
        (await SignInAsync(again, Martin)).Words.ShouldContain("is wrong");
        (await ChooseAsync(again, await again.GetAsync(link), link)).Location.ShouldBe("/");
    }

    [Theory]
    [InlineData("paul", "customer", "Boulangerie Martin", "not a mail address")]
    [InlineData("paul@martin.example", "customer", "", "whose servers")]
    [InlineData("paul@martin.example", "customer", "Nobody", "no such customer")]
    [InlineData("bob the builder", "technician", "", "letters, digits")]
    [InlineData("bob", "technician", "Boulangerie Martin", "leave the customer empty")]
    [InlineData("bob", "administrator", "", "Choose what the person is to be")]
    [InlineData("ALICE", "technician", "", "signs in by this name already")]
    public async Task What_cannot_be_added_is_told_and_what_was_typed_stays(string name, string role, string customer, string expected)
    {
        var answer = await AddAsync(_alice, name, role, customer);

        answer.Words.ShouldContain(expected);
        answer.Text.ShouldContain($"value=\"{name}\"");
        answer.Text.ShouldNotContain("/welcome?link=");
    }

    [Fact]
    public async Task Administrators_add_technicians_who_add_people_of_customers_only()
    {
        var link = LinkIn(await AddAsync(_alice, "bob", "approver", ""));
        using var bob = _host.Visitor();
        await ChooseAsync(bob, await bob.GetAsync(link), link);
        (await bob.GetAsync("/")).Status.ShouldBe(HttpStatusCode.OK);

        (await AddAsync(bob, "carl", "technician", "")).Words.ShouldContain("ask an administrator");
        (await PostAsync(bob, "Link", ("name", "alice"))).Words.ShouldContain("ask an administrator");
        (await PostAsync(bob, "Disable", ("name", "alice"))).Words.ShouldContain("ask an administrator");
        LinkIn(await AddAsync(bob, Martin, "customer", "Boulangerie Martin"));
        (await PostAsync(_alice, "Disable", ("name", "alice"))).Words.ShouldContain("Nobody disables the own account");
    }

    [Fact]
    public async Task The_audit_has_no_customers_name_or_address()
    {
        using var paul = await _host.CustomerAsync(Martin, "Boulangerie Martin");
        await PostAsync(_alice, "Disable", ("name", Martin));

        await using var db = await _host.Get<IDbContextFactory<ControllerDbContext>>().CreateDbContextAsync(Token);
        var entries = await db.Set<AuditEntry>().ToListAsync(Token);

        entries.Select(e => e.Action).ShouldContain("person.set-password");
        entries.Select(e => e.Action).ShouldContain("person.disable");
        entries.ShouldAllBe(e => !$"{e.Actor} {e.Subject} {e.Detail}".Contains("martin", StringComparison.OrdinalIgnoreCase));
    }

    public ValueTask DisposeAsync()
    {
        _alice.Dispose();
        return _host.DisposeAsync();
    }

    private static Task<Answer> AddAsync(Visitor by, string name, string role, string customer) =>
        PostAsync(by, "Add", ("name", name), ("role", role), ("customer", customer));

    private static async Task<Answer> PostAsync(Visitor by, string handler, params (string, string)[] fields) =>
        await by.PostAsync(await by.GetAsync("/people"), $"/people?handler={handler}", fields);

    private static Task<Answer> ChooseAsync(Visitor visitor, Answer welcome, string link, string password = ConsoleHost.Password) =>
        visitor.PostAsync(welcome, "/welcome", ("link", link.Split('=')[1]), ("password", password), ("repeat", password));

    private static async Task<Answer> SignInAsync(Visitor visitor, string name, string password = ConsoleHost.Password) =>
        await visitor.PostAsync(await visitor.GetAsync("/sign-in"), "/sign-in", ("name", name), ("password", password), ("then", "/"));

    private static string LinkIn(Answer page)
    {
        var match = Link().Match(page.Text);
        match.Success.ShouldBeTrue(page.Words);
        return match.Value;
    }

    [GeneratedRegex("/welcome\\?link=[0-9a-f]{64}", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    public sealed class OnSqlite() : AccountTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : AccountTests(StoreKind.Postgres);
}
