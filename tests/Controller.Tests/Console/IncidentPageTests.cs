using System.Net;
using HaiSoft.Controller.Incidents;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

public sealed class IncidentPageTests : IAsyncLifetime
{
    private readonly ConsoleHost _host = new();
    private Visitor _alice = null!;
    private Scene _scene = null!;

    public async ValueTask InitializeAsync()
    {
        _alice = await _host.TechnicianAsync();
        _scene = new Scene(_host);
        await _scene.RecordsAsync();
    }

    [Fact]
    public async Task A_technician_takes_an_incident_from_the_queue_to_its_end_without_a_script()
    {
        var number = await DiskAsync();
        (await _alice.GetAsync("/")).Words.ShouldContain($"#{number}");

        await StepAsync(number, "Acknowledge");
        (await StateAsync(number)).ShouldBe(IncidentState.Acknowledged);
        await StepAsync(number, "Begin");
        (await StateAsync(number)).ShouldBe(IncidentState.Intervention);
        await StepAsync(number, "Replace", ("serial", "NEW-1"));
        (await StepAsync(number, "Resolve", ("note", "Disk swapped, array rebuilt."))).Words.ShouldContain($"Incident {number} is resolved");

        var page = await _alice.GetAsync($"/incidents/{number}");
        page.Words.ShouldContain("Disk swapped, array rebuilt.");
        page.Words.ShouldContain("NEW-1");
        page.Words.ShouldContain("by alice");
        (await _alice.GetAsync("/")).Words.ShouldContain("Nothing is broken");
    }

    [Fact]
    public async Task A_step_that_the_state_does_not_allow_changes_nothing_and_says_why()
    {
        var number = await DiskAsync();
        await StepAsync(number, "Begin");

        var answer = await StepAsync(number, "Acknowledge");

        answer.Words.ShouldContain("Not done.");
        (await StateAsync(number)).ShouldBe(IncidentState.Intervention);
    }

    [Fact]
    public async Task Resolving_without_a_note_is_refused()
    {
        var number = await DiskAsync();

        (await StepAsync(number, "Resolve", ("note", "  "))).Words.ShouldContain("Not done.");

        (await StateAsync(number)).ShouldBe(IncidentState.Detected);
    }

    [Fact]
    public async Task What_breaches_next_is_on_top_and_the_filters_narrow()
    {
        await _scene.BadNightAsync();

        var queue = (await _alice.GetAsync("/")).Words;

        queue.IndexOf("mariadb.service is down", StringComparison.Ordinal)
            .ShouldBeLessThan(queue.IndexOf("httpd.service answers HTTP 503", StringComparison.Ordinal));
        (await _alice.GetAsync("/?show=mine")).Words.ShouldNotContain("mariadb.service");
        (await _alice.GetAsync("/?show=all")).Words.ShouldContain("Fan nct6798/fan2 has stopped");
        (await _alice.GetAsync("/?q=R03")).Words.ShouldContain("Disk SAMSUNG");
        (await _alice.GetAsync("/?q=nothing+like+it")).Words.ShouldContain("No incident matches");
    }

    [Fact]
    public async Task Text_of_an_agent_can_neither_add_markup_nor_hide_or_turn_what_is_shown()
    {
        const string Hostile = "<script>alert(1)</script>\u202Egnp.exe\u0007\u001b[31m\" onload=x";
        var number = await _scene.IncidentAsync("web-01", IncidentKind.Service, Hostile, TimeSpan.FromMinutes(1), Hostile, (Hostile, Hostile));

        foreach (var path in new[] { "/", $"/incidents/{number}", "/servers/web-01" })
        {
            var page = await _alice.GetAsync(path);
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldNotContain("<script>alert");
            page.Text.ShouldNotContain("\u202E");
            page.Text.ShouldNotContain("\u0007");
            page.Text.ShouldNotContain("\u001b");
            page.Words.ShouldContain("U+202E");
        }
    }

    public ValueTask DisposeAsync()
    {
        _alice.Dispose();
        return _host.DisposeAsync();
    }

    private Task<long> DiskAsync() => _scene.IncidentAsync(
        "db-02", IncidentKind.Hardware, "Disk S3EWNX0K has failed", TimeSpan.FromMinutes(5), "SMART verdict failed", ("SMART verdict", "failed"));

    private async Task<Answer> StepAsync(long number, string step, params (string, string)[] fields)
    {
        var page = await _alice.GetAsync($"/incidents/{number}");
        var answer = await _alice.PostAsync(page, $"/incidents/{number}?handler={step}", fields);
        answer.Location.ShouldBe($"/incidents/{number}");
        return await _alice.GetAsync(answer.Location);
    }

    private async Task<IncidentState> StateAsync(long number) =>
        (await _host.Get<IncidentBoard>().FindAsync(number, CancellationToken.None)).ShouldNotBeNull().Incident.State;
}
