using HaiSoft.Controller.Audit;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Requests;

/// <summary>Requests and quotes on the store: who may do what, and what is written of it.</summary>
public abstract class RequestWorkTests(StoreKind kind) : IAsyncLifetime
{
    private static readonly RequestActor Anna = new("token:anna", "anna", RequestParty.Technician);

    // Ten minutes before the day is over in Paris.
    private readonly RunningController _controller = RunningController.StartAt(new(2026, 11, 22, 22, 50, 0, TimeSpan.Zero), kind);
    private RequestActor _paul = null!;
    private RequestActor _eve = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RequestWork Work => _controller.Service<RequestWork>();

    private QuoteWork Quotes => _controller.Service<QuoteWork>();

    private RequestBoard Board => _controller.Service<RequestBoard>();

    public async ValueTask InitializeAsync()
    {
        await _controller.Service<Customers>().AddAsync([new("Martin", "m@martin.example"), new("Épinette", "e@epinette.example")], "t", Token);
        (await _controller.Service<Servers>().AddAsync([Server("web-01", "Martin"), Server("web-02", "Martin"), Server("db-02", "Épinette")], "t", Token))
            .ShouldBeOfType<RecordsAdded.Done>();
        _paul = await PersonAsync("paul@martin.example", "Martin");
        _eve = await PersonAsync("eve@epinette.example", "Épinette");
    }

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task What_is_included_is_taken_and_closed_and_its_story_says_who_and_why()
    {
        long number = await ReceiveAsync(Install, _paul);

        await DoneAsync(Work.StepAsync(number, RequestStep.Take, "", Anna, Token));
        RequestDetail closed = await DoneAsync(Work.StepAsync(number, RequestStep.Close, "Installed, listens on 6379.", Anna, Token));

        closed.Request.Status.State.ShouldBe(RequestState.Closed);
        closed.Request.Customer.ShouldBe("Martin");
        closed.Request.Servers.ShouldBe(["web-01", "web-02"]);
        closed.Story.Select(e => (e.Step, e.IsCustomers, e.Text)).ShouldBe(
        [
            (RequestStep.Receive, true, ""), (RequestStep.Take, false, ""), (RequestStep.Close, false, "Installed, listens on 6379."),
        ]);
        closed.Story[0].Actor.ShouldBe("paul@martin.example");
        (await _controller.Service<AuditVerification>().VerifyAsync(Token)).ShouldBeOfType<AuditVerdict.Intact>();
    }

    [Fact]
    public async Task What_is_not_included_waits_for_a_quote_that_the_customer_accepted_exactly()
    {
        long number = await ReceiveAsync(Other, _paul);
        (await RefusedAsync(Work.StepAsync(number, RequestStep.Take, "", Anna, Token))).ShouldBe(["needs-quote"]);
        await WriteAsync(number, 5000);
        RequestDetail first = await DoneAsync(Quotes.SendAsync(number, Anna, Token));
        string firstHash = first.Offered.ShouldNotBeNull().Hash;
        await WriteAsync(number, 6000);
        RequestDetail second = await DoneAsync(Quotes.SendAsync(number, Anna, Token));
        QuoteView offered = second.Offered.ShouldNotBeNull();

        (await RefusedAsync(Quotes.AnswerAsync(number, RequestStep.AcceptQuote, firstHash, "", _paul, Token))).ShouldBe(["quote-replaced"]);
        (await RefusedAsync(Quotes.AnswerAsync(number, RequestStep.AcceptQuote, offered.Hash, "", Anna, Token))).ShouldBe(["state"]);
        RequestDetail accepted = await DoneAsync(Quotes.AnswerAsync(number, RequestStep.AcceptQuote, offered.Hash, "", _paul, Token));
        RequestDetail taken = await DoneAsync(Work.StepAsync(number, RequestStep.Take, "", Anna, Token));

        accepted.Story[^1].ShouldSatisfyAllConditions(
            e => e.QuoteVersion.ShouldBe(2),
            e => e.QuoteHash.ShouldBe(offered.Hash),
            e => e.Actor.ShouldBe("paul@martin.example"));
        accepted.Quotes.Select(q => q.State).ShouldBe([QuoteState.Replaced, QuoteState.Accepted]);
        taken.Request.Status.State.ShouldBe(RequestState.InWork);
    }

    [Fact]
    public async Task A_sent_quote_never_changes_in_the_store()
    {
        long number = await ReceiveAsync(Other, _paul);
        await WriteAsync(number, 5000);
        await WriteAsync(number, 5500);
        await DoneAsync(Quotes.SendAsync(number, Anna, Token));
        RequestDetail next = await WriteAsync(number, 7000);

        next.Quotes.Select(q => (q.Quote.Version, q.Quote.AmountCents, q.State)).ShouldBe([(1, 5500, QuoteState.Sent), (2, 7000, QuoteState.Draft)]);
        foreach (string sql in new[] { "UPDATE quotes SET content = '{}' WHERE version = 1", "DELETE FROM quotes WHERE version = 1", "UPDATE request_events SET text = 'x'", "DELETE FROM request_events" })
            await Should.ThrowAsync<System.Data.Common.DbException>(() => _controller.RunSqlAsync(sql), sql);
    }

    [Fact]
    public async Task A_quote_expires_by_the_clock_and_is_told_also_when_nobody_looks()
    {
        long number = await ReceiveAsync(Other, _paul);
        await WriteAsync(number, 5000, daysValid: 0);
        QuoteView offered = (await DoneAsync(Quotes.SendAsync(number, Anna, Token))).Offered.ShouldNotBeNull();
        _controller.Time.Advance(TimeSpan.FromMinutes(11));

        (await Board.FindAsync(number, _paul, Token)).ShouldNotBeNull().Request.Status.State.ShouldBe(RequestState.Expired);
        await _controller.PassTimeAsync(UntilToldAsync(number));
        (await RefusedAsync(Quotes.AnswerAsync(number, RequestStep.AcceptQuote, offered.Hash, "", _paul, Token))).ShouldBe(["state"]);

        await WriteAsync(number, 4000);
        (await DoneAsync(Quotes.SendAsync(number, Anna, Token))).Request.Status.State.ShouldBe(RequestState.Quoted);
    }

    [Fact]
    public async Task Another_customers_request_is_as_if_it_did_not_exist()
    {
        long number = await ReceiveAsync(Other, _paul);
        await WriteAsync(number, 5000);
        string hash = (await DoneAsync(Quotes.SendAsync(number, Anna, Token))).Offered.ShouldNotBeNull().Hash;

        (await Board.FindAsync(number, _eve, Token)).ShouldBeNull();
        (await Board.ListAsync(_eve.CustomerId, includeEnded: true, Token)).ShouldBeEmpty();
        (await Quotes.AnswerAsync(number, RequestStep.AcceptQuote, hash, "", _eve, Token)).ShouldBeOfType<RequestOutcome.NotFound>();
        (await Work.StepAsync(number, RequestStep.Withdraw, "", _eve, Token)).ShouldBeOfType<RequestOutcome.NotFound>();
        (await RefusedAsync(Work.ReceiveAsync(Install, _eve, Token))).ShouldBe(["no-server", "no-server"]);
        (await Board.FindAsync(number, _paul, Token)).ShouldNotBeNull().Quotes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Drafts_are_the_technicians_alone()
    {
        long number = await ReceiveAsync(Other, _paul);
        await WriteAsync(number, 5000);

        (await Board.FindAsync(number, _paul, Token)).ShouldNotBeNull().Quotes.ShouldBeEmpty();
        (await Board.FindAsync(number, Anna, Token)).ShouldNotBeNull().Draft.ShouldNotBeNull();
    }

    [Fact]
    public async Task Closing_a_request_to_monitor_has_the_service_monitored_on_all_of_its_servers()
    {
        long number = await ReceiveAsync(new() { Kind = RequestKind.MonitorService, Servers = ["web-01", "web-02"], Check = "tcp:6379" }, _paul);
        await DoneAsync(Work.StepAsync(number, RequestStep.Take, "", Anna, Token));

        await DoneAsync(Work.StepAsync(number, RequestStep.Close, "", Anna, Token));

        foreach (string server in new[] { "web-01", "web-02" })
        {
            string id = (await _controller.Service<Servers>().FindIdAsync(server, Token)).ShouldNotBeNull();
            (await _controller.Service<ServerChecks>().OfAsync(id, Token)).Services.Single().Port.ShouldBe(6379);
        }
    }

    [Fact]
    public async Task A_request_for_servers_of_several_customers_is_refused() =>
        (await RefusedAsync(Work.ReceiveAsync(Install with { Servers = ["web-01", "db-02"] }, Anna, Token))).ShouldBe(["customers"]);

    [Fact]
    public async Task Every_fault_of_a_request_is_told_at_once()
    {
        DateTimeOffset now = _controller.Time.GetUtcNow();
        RequestDraft draft = new()
        {
            Kind = RequestKind.InstallPackages,
            Packages = ["-y", "$(reboot)", "php mbstring", "../etc"],
            WindowFrom = now.AddHours(2),
            WindowUntil = now.AddHours(1),
            Words = new string('x', 4001),
        };

        (await RefusedAsync(Work.ReceiveAsync(draft, _paul, Token))).ShouldBe(
            ["package", "package", "package", "package", "no-servers", "words-too-long", "window-order"]);
        (await RefusedAsync(Work.ReceiveAsync(new() { Servers = ["web-01"] }, _paul, Token))).ShouldBe(["kind"]);
        (await RefusedAsync(Work.ReceiveAsync(new() { Kind = RequestKind.UpdateComponents, Servers = ["web-01"] }, _paul, Token))).ShouldBe(["components"]);
        (await RefusedAsync(Work.ReceiveAsync(new() { Kind = RequestKind.MonitorService, Servers = ["web-01"], Check = "http://10.0.0.1/" }, _paul, Token))).ShouldBe(["check"]);
        (await RefusedAsync(Work.ReceiveAsync(new() { Kind = RequestKind.Other, Servers = ["web-01"], Words = " " }, _paul, Token))).ShouldBe(["words"]);
        (await Board.ListAsync(null, includeEnded: true, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_ended_is_listed_after_what_is_open_and_only_when_asked_for()
    {
        long first = await ReceiveAsync(Install, _paul);
        long second = await ReceiveAsync(Install, _paul);
        await DoneAsync(Work.StepAsync(first, RequestStep.Refuse, "There is no such package.", Anna, Token));

        (await Board.ListAsync(null, includeEnded: false, Token)).Select(r => r.Request.Number).ShouldBe([second]);
        (await Board.ListAsync(_paul.CustomerId, includeEnded: true, Token)).Select(r => r.Request.Number).ShouldBe([second, first]);
        (await RefusedAsync(Work.StepAsync(second, RequestStep.Refuse, " ", Anna, Token))).ShouldBe(["note-missing"]);
        (await RefusedAsync(Work.StepAsync(first, RequestStep.Take, "", Anna, Token))).ShouldBe(["state"]);
    }

    private static RequestDraft Install => new() { Kind = RequestKind.InstallPackages, Servers = ["web-01", "WEB-02"], Packages = ["redis", "php-redis"] };

    private static RequestDraft Other => new() { Kind = RequestKind.Other, Servers = ["web-01"], Words = "Build nginx from source with our module." };

    private static ServerDraft Server(string name, string customer) => new()
    {
        Name = name,
        Customer = customer,
        Kind = ServerKind.Dedicated,
        Rack = "R1",
        Fee = new Fee(49.90m, FeePeriod.Month),
        From = new(2025, 3, 1),
    };

    private static async Task<RequestDetail> DoneAsync(Task<RequestOutcome> outcome) => (await outcome).ShouldBeOfType<RequestOutcome.Done>().Detail;

    private static async Task<IEnumerable<string>> RefusedAsync(Task<RequestOutcome> outcome) =>
        (await outcome).ShouldBeOfType<RequestOutcome.Refused>().Faults.Select(fault => fault.Code);

    private async Task<long> ReceiveAsync(RequestDraft draft, RequestActor by) => (await DoneAsync(Work.ReceiveAsync(draft, by, Token))).Request.Number;

    private Task<RequestDetail> WriteAsync(long number, long cents, int daysValid = 9) => DoneAsync(Quotes.WriteAsync(
        number, [new("Build", 1, cents)], DateOnly.FromDateTime(_controller.Time.GetUtcNow().UtcDateTime.AddDays(daysValid)), Anna, Token));

    private async Task UntilToldAsync(long number)
    {
        while ((await Board.FindAsync(number, Anna, Token))!.Story[^1].Step != RequestStep.ExpireQuote)
            await Task.Yield();
    }

    private async Task<RequestActor> PersonAsync(string address, string customer)
    {
        AccountStep step = await _controller.Service<Accounts>().AddAsync(
            new AccountDraft(address, Roles.Customer, customer), new AccountKeeper("t", PersonId: null, AccountReach.Customers), Token);
        string id = $"person:{step.ShouldBeOfType<AccountStep.Done>().Account.PersonId}";
        string customerId = (await _controller.Service<Customers>().ListAsync(Token)).Single(c => c.Name == customer).CustomerId;
        return new(id, id, RequestParty.Customer, customerId);
    }

    public sealed class OnSqlite() : RequestWorkTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : RequestWorkTests(StoreKind.Postgres);
}
