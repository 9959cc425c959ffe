using System.Net;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>What technicians and the customer see of operations, and the customer's consent.</summary>
public sealed class OperationPagesTests : IAsyncLifetime
{
    private readonly ConsoleHost _host = new();
    private OperationScene _operations = null!;
    private long _request;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var scene = new Scene(_host);
        await scene.RecordsAsync();
        _operations = new(_host, await scene.IdOfAsync("db-02"));
        (_request, _) = await scene.QuotedAsync("db-02", "PHP, please", "Update");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_technician_sees_how_far_it_is_and_what_was_printed_as_text()
    {
        using var alice = await _host.TechnicianAsync();
        var number = await _operations.RunningAsync();

        var page = await alice.GetAsync($"/operations/{number}");

        page.Words.ShouldContain("Changes packages");
        page.Words.ShouldContain("1 / 3");
        page.Words.ShouldContain("php-fpm-0:8.3.12-1.el9.x86_64");
        page.Text.ShouldContain("&lt;script&gt;");
        page.Text.ShouldNotContain("<script>alert");
        page.Text.ShouldNotContain("\u001b");
        (await alice.GetAsync("/operations")).Words.ShouldContain("Running");
    }

    [Fact]
    public async Task What_is_done_to_a_server_is_on_its_page_and_on_the_requests()
    {
        using var alice = await _host.TechnicianAsync();
        var asked = await _operations.AwaitingAsync(_request);
        var running = await _operations.RunningAsync();

        var server = await alice.GetAsync("/servers/db-02");
        var request = await alice.GetAsync($"/requests/{_request}");

        server.Text.ShouldContain($"/operations/{asked}");
        server.Text.ShouldContain($"/operations/{running}");
        request.Text.ShouldContain($"/operations/{asked}");
        request.Text.ShouldNotContain($"/operations/{running}");
    }

    [Fact]
    public async Task A_technician_sees_what_inspection_found()
    {
        using var alice = await _host.TechnicianAsync();
        var number = await _operations.FailedAsync();

        var words = (await alice.GetAsync($"/operations/{number}")).Words;

        words.ShouldContain("Not as approved: php-common 0:8.3.10-1.el9, 0:8.3.12-1.el9");
        words.ShouldContain("Does not run: php-fpm.service");
        words.ShouldContain("A package's script failed: php-common-0:8.3.12-1.el9.x86_64: %post");
    }

    [Fact]
    public async Task The_customer_consents_to_what_it_has_read_and_sees_whether_it_is_backed_up()
    {
        var number = await _operations.AwaitingAsync(_request);
        var hash = (await OperationAsync(number)).Row.PlanHash;
        using var eve = await _host.CustomerAsync("eve@epinette.example", "Studio Épinette");
        var page = await eve.GetAsync($"/my/requests/{_request}");
        page.Words.ShouldContain("php-json");
        page.Words.ShouldContain("php-fpm.service");
        page.Words.ShouldContain("No Backup option");
        (await eve.GetAsync("/my/servers/db-02")).Text.ShouldContain($"/my/operations/{number}");

        var other = await ConsentAsync(eve, page, number, new string('0', 64));
        (await OperationAsync(number)).ConsentMissing.ShouldBeTrue();
        var same = await ConsentAsync(eve, page, number, hash);

        other.Words.ShouldContain("read it again");
        same.Status.ShouldBe(HttpStatusCode.Redirect);
        (await OperationAsync(number)).ConsentMissing.ShouldBeFalse();
        (await eve.GetAsync($"/my/requests/{_request}")).Words.ShouldContain("Customer agreed");
    }

    [Fact]
    public async Task What_can_be_undone_has_a_button_and_why_it_came_to_nothing_is_told()
    {
        using var alice = await _host.TechnicianAsync();
        var failed = await alice.GetAsync($"/operations/{await _operations.FailedAsync()}");
        var number = await _operations.SucceededAsync();
        var page = await alice.GetAsync($"/operations/{number}");

        var refused = await alice.PostAsync(page, $"/operations/{number}?handler=Undo");

        failed.Words.ShouldContain("Cannot be undone, because this could not be brought back: php-fpm 0:8.3.10-1.el9");
        failed.Text.ShouldNotContain("handler=Undo");
        page.Words.ShouldContain("Can be undone");
        page.Text.ShouldContain("handler=Undo");
        refused.Words.ShouldContain("It cannot be undone");
        refused.Words.ShouldContain("Nothing is planned on the server");
        (await alice.PostAsync(page, "/operations/999999?handler=Undo")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_unknown_a_technician_settles_and_its_customer_reads_who_found_it()
    {
        using var alice = await _host.TechnicianAsync();
        var number = await _operations.UnknownAsync(_request);
        var page = await alice.GetAsync($"/operations/{number}");

        var silent = await alice.PostAsync(page, $"/operations/{number}?handler=Settle", ("found", "succeeded"), ("why", " "));
        var settled = await alice.PostAsync(page, $"/operations/{number}?handler=Settle", ("found", "succeeded"), ("why", "rpm -V is silent"));
        var again = await alice.PostAsync(page, $"/operations/{number}?handler=Settle", ("found", "failed"), ("why", "no"));

        silent.Words.ShouldContain("Say why in a note");
        settled.Location.ShouldBe($"/operations/{number}");
        again.Words.ShouldContain("how it ended is known");
        var after = await alice.GetAsync($"/operations/{number}");
        after.Text.ShouldNotContain("handler=Settle");
        after.Words.ShouldContain("rpm -V is silent");
        (await alice.GetAsync($"/requests/{_request}")).Words.ShouldContain("As a technician found");
        using var eve = await _host.CustomerAsync("eve@epinette.example", "Studio Épinette");
        foreach (var path in new[] { $"/my/operations/{number}", $"/my/requests/{_request}" })
        {
            var own = await eve.GetAsync(path);
            own.Words.ShouldContain("A technician found everything in place");
            own.Words.ShouldNotContain("rpm -V is silent");
        }

        (await alice.PostAsync(page, "/operations/999999?handler=Settle", ("found", "failed"), ("why", "no"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_undoes_another_and_what_is_undone_lead_to_each_other()
    {
        using var alice = await _host.TechnicianAsync();
        var (undone, undo) = await _operations.UndoneAsync();

        var first = await alice.GetAsync($"/operations/{undone}");
        var second = await alice.GetAsync($"/operations/{undo}");

        first.Words.ShouldContain($"Undone by operation {undo}");
        first.Text.ShouldContain($"href=\"/operations/{undo}\"");
        first.Text.ShouldNotContain("handler=Undo");
        second.Words.ShouldContain($"Undoes operation {undone}");
        second.Text.ShouldContain($"href=\"/operations/{undone}\"");
    }

    private static Task<Answer> ConsentAsync(Visitor eve, Answer page, long number, string hash) =>
        eve.PostAsync(page, $"/my/operations/{number}?handler=Consent", ("hash", hash));

    private async Task<OperationView> OperationAsync(long number) =>
        (await _host.Get<OperationBoard>().FindAsync(number, OperationActor.Controller, Token)).ShouldNotBeNull().Operation;
}
