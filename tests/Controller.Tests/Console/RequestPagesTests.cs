using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>A request from the customer's first tap to its end, on the pages of both.</summary>
public sealed partial class RequestPagesTests : IAsyncLifetime
{
    private readonly ConsoleHost _host = new();
    private Visitor _alice = null!;
    private Visitor _paul = null!;

    public async ValueTask InitializeAsync()
    {
        _alice = await _host.TechnicianAsync();
        await new Scene(_host).RecordsAsync();
        _paul = await _host.CustomerAsync("paul@martin.example", "Boulangerie Martin");
    }

    [Fact]
    public async Task Packages_are_asked_for_taken_and_closed_and_the_customer_reads_what_was_done()
    {
        (await _paul.GetAsync("/my/requests/new")).Words.ShouldContain("Install packages");
        var path = await AskAsync("install-packages", ("packages", "redis, php-redis"), ("words", "Port 6380"));
        (await _alice.GetAsync("/requests")).Words.ShouldContain("Boulangerie Martin");

        (await StepAsync(path, "take", "")).Location.ShouldBe(path);
        (await StepAsync(path, "close", "")).Words.ShouldContain("Say why, or what was done");
        (await StepAsync(path, "close", "Listens on 6380.")).Location.ShouldBe(path);

        var own = await _paul.GetAsync($"/my{path}");
        own.Words.ShouldContain("It is done.");
        own.Words.ShouldContain("Listens on 6380.");
        own.Words.ShouldContain("redis, php-redis");
        own.Words.ShouldContain("Done by HaiSoft");
        own.Words.ShouldNotContain("alice");
        (await _alice.GetAsync("/requests")).Words.ShouldContain("No request is open");
        (await _alice.GetAsync(path)).Words.ShouldContain("Done by alice");
    }

    [Fact]
    public async Task What_was_written_is_shown_whole_line_by_line_and_harmless()
    {
        var words = $"First line\r\n{new string('x', 3000)}END\r\n<script>alert(1)</script>\u202e";

        var path = await AskAsync("other", ("words", words));

        foreach (var page in new[] { await _alice.GetAsync(path), await _paul.GetAsync($"/my{path}") })
        {
            page.Words.ShouldContain($"{new string('x', 3000)}END");
            page.Text.ShouldNotContain("<script>alert");
            page.Words.ShouldContain("U+202E");
            page.Words.ShouldNotContain("U+000A");
        }
    }

    [Fact]
    public async Task A_quote_is_written_sent_replaced_and_accepted_as_it_was_read()
    {
        var path = await AskAsync("other", ("words", "Build nginx with our module"));
        (await _alice.GetAsync(path)).Text.ShouldNotContain("value=\"take\"");
        await QuoteAsync(path, ("Build of nginx", "2", "60,50"), ("", "", ""));
        (await _paul.GetAsync($"/my{path}")).Words.ShouldNotContain("Build of nginx");
        await SendAsync(path);
        var read = await _paul.GetAsync($"/my{path}");
        read.Words.ShouldContain("121.00 EUR");
        await QuoteAsync(path, ("Build of nginx", "3", "60.50"));
        await SendAsync(path);

        var late = await AnswerAsync(path, read, "accept");
        late.Words.ShouldContain("Another quote took the place");
        (await AnswerAsync(path, late, "accept")).Location.ShouldBe($"/my{path}");

        (await _paul.GetAsync($"/my{path}")).Words.ShouldContain("You accepted the quote");
        (await StepAsync(path, "take", "")).Location.ShouldBe(path);
    }

    [Fact]
    public async Task A_declined_quote_and_a_withdrawn_request_end_where_the_customer_says()
    {
        var path = await AskAsync("other", ("words", "Build nginx with our module"));
        await QuoteAsync(path, ("Build of nginx", "2", "60.50"));
        await SendAsync(path);

        await AnswerAsync(path, await _paul.GetAsync($"/my{path}"), "decline");
        (await _paul.GetAsync($"/my{path}")).Words.ShouldContain("You declined the quote");
        (await _paul.PostAsync(await _paul.GetAsync($"/my{path}"), $"/my{path}?handler=Withdraw", ("note", ""))).Location.ShouldBe($"/my{path}");

        (await _paul.GetAsync($"/my{path}")).Words.ShouldContain("You withdrew it");
    }

    [Fact]
    public async Task What_cannot_be_asked_for_is_told_and_nothing_that_was_typed_is_lost()
    {
        var page = await _paul.GetAsync("/my/requests/new?kind=install-packages");

        var answer = await _paul.PostAsync(
            page, "/my/requests/new", ("kind", "install-packages"), ("packages", "redis $(reboot)"), ("words", "Port <6380>"), ("from", "2031-01-01T22:00"), ("until", "soon"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Words.ShouldContain("Say for which server");
        answer.Words.ShouldContain("“$(reboot)” is not the name");
        answer.Words.ShouldContain("“soon” is not a time");
        answer.Text.ShouldContain("value=\"redis $(reboot)\"");
        answer.Text.ShouldContain("Port &lt;6380&gt;");
        answer.Text.ShouldContain("2031-01-01T22:00");
    }

    [Fact]
    public async Task A_wrong_quote_is_told_and_its_lines_stay()
    {
        var path = await AskAsync("other", ("words", "Build nginx with our module"));

        var answer = await QuoteAsync(path, ("Build of nginx", "many", "6,0,0"));

        answer.Words.ShouldContain("The quantity of “Build of nginx”");
        answer.Words.ShouldContain("The price of “Build of nginx”");
        answer.Text.ShouldContain("value=\"6,0,0\"");
    }

    [Fact]
    public async Task A_server_of_another_customer_cannot_be_named()
    {
        var page = await _paul.GetAsync("/my/requests/new?kind=other");

        var answer = await _paul.PostAsync(page, "/my/requests/new", ("kind", "other"), ("servers", "db-02"), ("words", "x"));

        answer.Words.ShouldContain("There is no server “db-02”");
    }

    public ValueTask DisposeAsync()
    {
        _alice.Dispose();
        _paul.Dispose();
        return _host.DisposeAsync();
    }

    /// <summary>Asks for something for web-01; the technicians' address of the request.</summary>
    private async Task<string> AskAsync(string kind, params (string, string)[] fields)
    {
        var page = await _paul.GetAsync($"/my/requests/new?kind={kind}&server=web-01");
        var answer = await _paul.PostAsync(page, "/my/requests/new", [("kind", kind), ("servers", "web-01"), .. fields]);
        answer.Location.ShouldStartWith("/my/requests/", customMessage: answer.Words);
        return answer.Location["/my".Length..];
    }

    private async Task<Answer> StepAsync(string path, string step, string note) =>
        await _alice.PostAsync(await _alice.GetAsync(path), $"{path}?handler=Step", ("step", step), ("note", note));

    private async Task<Answer> QuoteAsync(string path, params (string Text, string Quantity, string Price)[] lines) => await _alice.PostAsync(
        await _alice.GetAsync(path),
        $"{path}?handler=Quote",
        [
            .. lines.SelectMany(line => new[] { ("text", line.Text), ("quantity", line.Quantity), ("price", line.Price) }),
            ("until", TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ]);

    private async Task SendAsync(string path) =>
        (await _alice.PostAsync(await _alice.GetAsync(path), $"{path}?handler=Send")).Location.ShouldBe(path);

    private Task<Answer> AnswerAsync(string path, Answer read, string answer) =>
        _paul.PostAsync(read, $"/my{path}?handler=Answer", ("hash", Hash().Match(read.Text).Groups["hash"].Value), ("answer", answer), ("note", ""));

    [GeneratedRegex("name=\"hash\" value=\"(?<hash>[0-9a-f]{64})\"", RegexOptions.NonBacktracking)]
    private static partial Regex Hash();
}
