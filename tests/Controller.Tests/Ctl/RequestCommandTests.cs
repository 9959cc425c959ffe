using System.Text.Json;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl;

public sealed class RequestCommandTests : IAsyncLifetime
{
    private readonly RunningController _controller = RunningController.Start();
    private readonly CommandLine _ctl;

    public RequestCommandTests() => _ctl = new(_controller);

    public async ValueTask InitializeAsync()
    {
        await _controller.AddServerAsync("web-01");
        await _controller.AddServerAsync("web-02");
    }

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task A_request_is_taken_in_taken_and_closed()
    {
        JsonElement added = (await _ctl.RunAsync(
            "request", "add", "install", "--server", "web-01", "--server", "web-02", "--package", "redis", "--words", "Port 6380", "--json")).Json;
        string id = added.GetProperty("request").GetProperty("request_id").GetString()!;

        (await _ctl.RunAsync("request", "take", id)).Code.ShouldBe(0);
        CommandLine.Printed listed = await _ctl.RunAsync("request", "list");
        CommandLine.Printed closed = await _ctl.RunAsync("request", "close", id, "--note", "Listens on 6380.");

        listed.Output.ShouldContain("in work");
        listed.Output.ShouldContain("install redis");
        closed.Output.ShouldContain("Listens on 6380.");
        (await _ctl.RunAsync("request", "list", "--json")).Json.GetArrayLength().ShouldBe(0);
        (await _ctl.RunAsync("request", "list", "--all", "--json")).Json[0].GetProperty("state").GetString().ShouldBe("closed");
    }

    [Fact]
    public async Task A_quote_is_written_sent_and_shown()
    {
        string id = await AddOtherAsync();
        string until = DateOnly.FromDateTime(_controller.Time.GetUtcNow().UtcDateTime.AddDays(20)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        CommandLine.Printed taken = await _ctl.RunAsync("request", "take", id);
        (await _ctl.RunAsync("quote", "write", id, "--line", "Build of nginx; 2; 60.50", "--line", "Test; 1; 9", "--valid-until", until)).Code.ShouldBe(0);
        JsonElement sent = (await _ctl.RunAsync("quote", "send", id, "--json")).Json;
        CommandLine.Printed shown = await _ctl.RunAsync("quote", "show", id);

        taken.Code.ShouldBe(4);
        taken.Error.ShouldContain("is not included");
        sent.GetProperty("quotes")[0].GetProperty("amount_cents").GetInt64().ShouldBe(13000);
        sent.GetProperty("request").GetProperty("state").GetString().ShouldBe("quoted");
        sent.GetProperty("story")[1].GetProperty("quote_sha256").GetString().ShouldBe(sent.GetProperty("quotes")[0].GetProperty("sha256").GetString());
        shown.Output.ShouldContain("Together 130.00 EUR excluding VAT");
    }

    [Theory]
    [InlineData(2, "request", "add", "install", "--server", "web-01", "--package", "a b")]
    [InlineData(2, "request", "add", "install", "--server", "web-99", "--package", "redis")]
    [InlineData(2, "request", "add", "cake", "--server", "web-01")]
    [InlineData(2, "request", "add", "update", "--server", "web-01", "--component", "cake")]
    [InlineData(2, "request", "add", "mail", "--server", "web-01", "--words", "x", "--from", "soon")]
    [InlineData(2, "request", "refuse", "1")]
    [InlineData(2, "quote", "write", "1", "--line", "Build", "--valid-until", "2026-12-22")]
    [InlineData(2, "quote", "write", "1", "--line", "Build; 1; 5", "--valid-until", "never")]
    [InlineData(3, "request", "show", "77")]
    [InlineData(3, "request", "take", "77")]
    [InlineData(3, "quote", "show", "x")]
    [InlineData(4, "quote", "send", "1")]
    [InlineData(4, "request", "close", "1", "--note", "x")]
    public async Task What_cannot_be_done_says_why(int code, params string[] args)
    {
        (await AddOtherAsync()).ShouldBe("1");

        CommandLine.Printed printed = await _ctl.RunAsync(args);

        printed.Code.ShouldBe(code, printed.Error);
        printed.Error.ShouldStartWith("haisoftctl: ");
    }

    private async Task<string> AddOtherAsync() =>
        (await _ctl.RunAsync("request", "add", "other", "--server", "web-01", "--words", "Build nginx from source", "--json"))
            .Json.GetProperty("request").GetProperty("request_id").GetString()!;
}
